import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface ManagedChild {
  pid: number;
  isRunning(): boolean;
  /** Sends a signal; nothing happens once the process is gone. */
  signal(signal: NodeJS.Signals): void;
  /** Kills at once (SIGKILL works on a stopped process too) and waits until the process is gone. */
  kill(): Promise<void>;
  /** Resolves when the process is gone. */
  exited: Promise<void>;
}

const liveChildren = new Set<ChildProcess>();
const SETPRIV = '/usr/bin/setpriv';

process.on('exit', () => {
  for (const child of liveChildren) child.kill('SIGKILL');
});

/**
 * Starts a long-lived program that never outlives this process: killed by pid when this process exits, and by the
 * kernel (`setpriv --pdeathsig`, where there is one) when this process is itself killed.
 */
export async function startChild(options: {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** File descriptor that takes stdout and stderr; without it they are thrown away. */
  output?: number;
}): Promise<ManagedChild> {
  const { command, args, cwd, env = process.env, output = 'ignore' } = options;
  const hasSetpriv = existsSync(SETPRIV);
  const child = spawn(
    hasSetpriv ? SETPRIV : command,
    hasSetpriv ? ['--pdeathsig', 'KILL', command, ...args] : args,
    {
      stdio: ['ignore', output, output],
      env,
      ...(cwd === undefined ? {} : { cwd }),
    },
  );
  liveChildren.add(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void exited.then(() => liveChildren.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      liveChildren.delete(child);
      reject(error);
    });
  });
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals): void => void (isRunning() && child.kill(name));
  return {
    pid: child.pid ?? 0,
    isRunning,
    signal,
    exited,
    async kill() {
      signal('SIGKILL');
      await exited;
    },
  };
}
