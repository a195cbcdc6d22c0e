import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../testkit/processes/free-port.ts';
import { startChild } from '../../testkit/processes/child-process.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

/** A process of its own, whose processor time and memory are its own too. */
export interface BenchProcess {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built program beside this one; it gets a port to listen on, then `args`. Resolves when it listens. */
export async function startBenchProcess(name: string, ...args: readonly string[]): Promise<BenchProcess> {
  const port = await freePort();
  const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const child = await startChild({ command: process.execPath, args: [path, String(port), ...args] });
  await waitUntil({
    description: `${name} to listen`,
    probe: async () => {
      const socket = connect({ port, host: '127.0.0.1' });
      await once(socket, 'connect');
      return socket.destroy();
    },
  });
  return { pid: child.pid, url: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}
