import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort } from '../processes/free-port.ts';
import { startOwnedChild } from '../processes/owned-child.ts';
import { until } from '../processes/until.ts';

/** A process of its own, whose processor time and memory are its own too. */
export interface Program {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the built program beside this one; it gets a port to listen on, then `args`. Resolves when it listens. */
export async function startProgram(name: string, ...args: readonly string[]): Promise<Program> {
  const port = await freePort();
  const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const child = await startOwnedChild({ command: process.execPath, args: [path, String(port), ...args] });
  await until({
    what: `${name} to listen`,
    probe: async () => {
      const socket = connect({ port, host: '127.0.0.1' });
      await once(socket, 'connect');
      return socket.destroy();
    },
  });
  return { pid: child.pid, url: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}
