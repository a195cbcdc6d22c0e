import { spawn } from 'node:child_process';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface CommandOptions {
  command: string;
  args: readonly string[];
  /** What the program reads; without it there is nothing to read. */
  input?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
}

/** Runs a program to its end; a program that can't be started answers code null and the reason in `stderr`. */
export function runCommand(options: CommandOptions): Promise<CommandResult> {
  const { command, args, input, cwd, env = process.env, timeoutMs = 60_000 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      env,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // Who ends before reading everything closes the pipe, which is no failure of ours.
    child.stdin.on('error', () => undefined).end(input);
    child.once('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** As `runCommand`, but anything other than success throws, with what the program said. */
export async function execOrThrow(options: CommandOptions): Promise<string> {
  const result = await runCommand(options);
  if (result.code === 0) return result.stdout;
  const output = (result.stderr || result.stdout).trim().slice(-600);
  throw new Error(`${options.command} ${options.args[0] ?? ''} ended with ${String(result.code)}: ${output}`);
}
