import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/free-port.ts';
import { startChild } from '../processes/child-process.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** Without persistence. */
export type RunningRedis = Awaited<ReturnType<typeof startRedis>>;

export const REDIS_PASSWORD = 'open-sesame';

export async function startRedis() {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-redis-'));
  const port = await freePort();
  const options = { bind: '127.0.0.1', port, dir: folder, save: '', requirepass: REDIS_PASSWORD };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

  async function spawn() {
    const started = await startChild({ command: 'redis-server', args });
    await waitUntil('Redis to answer', () => answers(port), { everyMs: 10 });
    return started;
  }
  let child = await spawn();

  return {
    url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${port}/3`,
    /** SIGKILL; all data is lost. */
    kill: () => child.kill(),
    /** Starts it again on the same port; resolves when it answers. */
    async start() {
      child = await spawn();
    },
    /** Connections stay open without answers until `resume`. */
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
