import { type ChildProcess, spawn } from 'node:child_process';

const running = new Set<ChildProcess>();

/** A command with all that it starts, to detect processes that are left behind. */
export type ProcessGroup = ReturnType<typeof startProcessGroup>;

interface GroupOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

export function startProcessGroup({ command, args, cwd, env = process.env }: GroupOptions) {
  const leader = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(leader);
  let output = '';
  for (const stream of [leader.stdout, leader.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return {
    leader,
    output: () => output,
    /** Whether no process of the group is left. */
    isGone: () => !signalGroup(leader, 0),
  };
}

/** Kills every group that was started; for `afterEach`. */
export function killProcessGroups(): void {
  for (const leader of running) signalGroup(leader, 'SIGKILL');
  running.clear();
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
