import { USERS } from './pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { repoPath } from '../processes/repo-path.ts';

const CLI = repoPath('packages/demo-pbx/dist/cli.js');

/**
 * Starts the built demo PBX in a separate process with extensions from 10000 and as many calls; `rate` and `noise`
 * are changes and other events a second.
 */
export async function startDemoLoad({
  extensions,
  rate,
  calls = 0,
  noise = 0,
}: {
  extensions: number;
  rate: number;
  calls?: number;
  noise?: number;
}): Promise<{ readonly amiPort: number; stop(): Promise<void> }> {
  const amiPort = await freePort();
  const { secret } = USERS.lampboard;
  const numbers = { port: amiPort, extensions, rate, calls, noise };
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = await startChild({ command: process.execPath, args: [CLI, ...args, '--secret', secret] });
  return { amiPort, stop: () => child.kill() };
}
