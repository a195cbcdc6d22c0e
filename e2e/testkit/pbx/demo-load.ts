import { fileURLToPath } from 'node:url';
import { USERS } from './pbx-under-test.ts';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';

const CLI = fileURLToPath(new URL('../../../packages/demo-pbx/dist/cli.js', import.meta.url));

/** The built demo PBX in a process of its own, with so many extensions, numbered from 10000, and changes and other events a second. */
export async function startDemoLoad({
  extensions,
  rate,
  noise = 0,
}: {
  extensions: number;
  rate: number;
  noise?: number;
}): Promise<{ readonly amiPort: number; stop(): Promise<void> }> {
  const amiPort = await freePort();
  const { secret } = USERS.lampboard;
  const numbers = { port: amiPort, extensions, rate, noise };
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = await startChild({
    command: process.execPath,
    args: [CLI, ...args, '--secret', secret],
  });
  return { amiPort, stop: () => child.kill() };
}
