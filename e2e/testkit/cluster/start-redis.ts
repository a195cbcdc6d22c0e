import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** A Redis of the tests' own, which keeps nothing on disk. */
export interface RunningRedis {
  readonly url: string;
  /** SIGKILL; all that it held is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port; resolves when it answers. */
  start(): Promise<void>;
  /** Connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export const REDIS_PASSWORD = 'open-sesame';

export async function startRedis(): Promise<RunningRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-redis-'));
  const port = await freePort();
  const options = { bind: '127.0.0.1', port, dir: folder, save: '', requirepass: REDIS_PASSWORD };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

  async function spawn() {
    const started = await startChild({ command: 'redis-server', args });
    await waitUntil({ description: 'Redis to answer', everyMs: 10, probe: () => answers(port) });
    return started;
  }
  let child = await spawn();

  return {
    url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${port}/3`,
    kill: () => child.kill(),
    async start() {
      child = await spawn();
    },
    pause: () => child.signal('SIGSTOP'),
    resume: () => child.signal('SIGCONT'),
    async stop() {
      await child.kill();
      await rm(folder, { recursive: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
    socket.once('data', () => socket.destroy());
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
  });
}
