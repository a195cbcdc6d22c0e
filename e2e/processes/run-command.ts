import { spawn } from 'node:child_process';

interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; a program that can't be started answers code null and the reason in `stderr`. */
function runCommand(options: {
  command: string;
  args: readonly string[];
  timeoutMs?: number;
}): Promise<CommandResult> {
  const { command, args, timeoutMs = 60_000 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** As `runCommand`, but anything other than success throws, with what the program said. */
export async function mustRun(options: Parameters<typeof runCommand>[0]): Promise<string> {
  const result = await runCommand(options);
  if (result.code === 0) return result.stdout;
  const said = (result.stderr || result.stdout).trim().slice(-600);
  throw new Error(`${options.command} ${options.args[0] ?? ''} ended with ${String(result.code)}: ${said}`);
}
