import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface OwnedChild {
  pid: number;
  running(): boolean;
  /** Sends a signal; nothing happens once the process is gone. */
  signal(signal: NodeJS.Signals): void;
  /** Kills at once (SIGKILL works on a stopped process too) and waits until the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
}

const alive = new Set<ChildProcess>();
const SETPRIV = '/usr/bin/setpriv';

process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/**
 * Starts a long-lived program that never outlives this process: killed by pid when this process exits, and by the
 * kernel (`setpriv --pdeathsig`, where there is one) when this process is itself killed.
 */
export async function startOwnedChild(options: {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** File descriptor that takes stdout and stderr; without it they are thrown away. */
  output?: number;
}): Promise<OwnedChild> {
  const { command, args, cwd, env = process.env, output = 'ignore' } = options;
  const tied = existsSync(SETPRIV);
  const child = spawn(tied ? SETPRIV : command, tied ? ['--pdeathsig', 'KILL', command, ...args] : args, {
    stdio: ['ignore', output, output],
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  alive.add(child);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(() => alive.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      alive.delete(child);
      reject(error);
    });
  });
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals): void => void (running() && child.kill(name));
  return {
    pid: child.pid ?? 0,
    running,
    signal,
    gone,
    async kill() {
      signal('SIGKILL');
      await gone;
    },
  };
}
