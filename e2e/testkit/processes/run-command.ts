import { spawn } from 'node:child_process';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface CommandOptions {
  command: string;
  args: readonly string[];
  input?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
}

/** Runs a program to its end; if it can't be started, code is null and `stderr` has the reason. */
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
    // A program that ends early closes the pipe, which is no error.
    child.stdin.on('error', () => undefined).end(input);
    child.once('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** As `runCommand`; throws with the output unless the exit code is 0. */
export async function execOrThrow(options: CommandOptions): Promise<string> {
  const result = await runCommand(options);
  if (result.code === 0) return result.stdout;
  const output = (result.stderr || result.stdout).trim().slice(-600);
  throw new Error(`${options.command} ${options.args[0] ?? ''} ended with ${String(result.code)}: ${output}`);
}
