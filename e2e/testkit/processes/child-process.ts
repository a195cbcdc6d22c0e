import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export type ManagedChild = Awaited<ReturnType<typeof startChild>>;

const liveChildren = new Set<ChildProcess>();
const SETPRIV = '/usr/bin/setpriv';
/** Apache waits up to a minute for keep-alive connections. */
const MAX_TERMINATION_MS = 3000;

process.on('exit', () => {
  for (const child of liveChildren) child.kill('SIGKILL');
});

/**
 * Starts a program that never outlives this process: it is killed when this one exits, and by the kernel
 * (`setpriv --pdeathsig`, if available) when this one is killed.
 */
export async function startChild(options: {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** File to which stdout and stderr are appended; they are discarded by default. */
  output?: string;
}) {
  const { command, args, cwd, env = process.env } = options;
  const output = options.output === undefined ? 'ignore' : openSync(options.output, 'a');
  const hasSetpriv = existsSync(SETPRIV);
  const child = spawn(
    hasSetpriv ? SETPRIV : command,
    hasSetpriv ? ['--pdeathsig', 'KILL', command, ...args] : args,
    { stdio: ['ignore', output, output], env, ...(cwd === undefined ? {} : { cwd }) },
  );
  if (output !== 'ignore') closeSync(output);
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
  const sent = new Set<NodeJS.Signals>();
  function signal(name: NodeJS.Signals): void {
    if (!isRunning()) return;
    sent.add(name);
    child.kill(name);
  }
  /** Sends SIGKILL, which works on a stopped process too, and waits for the exit. */
  async function kill(): Promise<void> {
    signal('SIGKILL');
    await exited;
  }

  return {
    pid: child.pid ?? 0,
    isRunning,
    /** True if it ended with an error code, or by a signal that was not sent from here. */
    hasFailed: (): boolean =>
      child.signalCode === null ? (child.exitCode ?? 0) !== 0 : !sent.has(child.signalCode),
    /** Sends a signal; ignored if the process has ended. */
    signal,
    exited,
    /** Sends SIGTERM, and SIGKILL to a process that does not end within {@link MAX_TERMINATION_MS}; waits for the exit. */
    async terminate() {
      signal('SIGTERM');
      await Promise.race([exited, delay(MAX_TERMINATION_MS, undefined, { ref: false })]);
      await kill();
    },
    kill,
  };
}
