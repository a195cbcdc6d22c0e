import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs `work` while holding an flock(1) on `file`: one process at a time on this machine. The kernel drops the lock
 * when its holder dies, so a crash leaves no stale lock behind.
 */
export async function withFileLock<T>(options: { file: string; work: () => Promise<T> }): Promise<T> {
  const holder = spawn('flock', ['--exclusive', options.file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(holder, 'close');
  const [what] = await Promise.race([once(holder.stdout, 'data'), ended]);
  if (!Buffer.isBuffer(what)) throw new Error(`flock could not lock ${options.file}`);
  try {
    return await options.work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
