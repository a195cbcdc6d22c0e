import { VERSION, checkNode } from '../platform/version.ts';

/** Writes its own output, and resolves to the exit code. */
export type RunCommand = (args: readonly string[]) => Promise<number>;

export interface Command {
  /** One line of `lampboard --help`. */
  readonly summary: string;
  /** Loads the command's code on demand. */
  readonly load: () => Promise<RunCommand>;
}

interface CommandLine {
  readonly commands: ReadonlyMap<string, Command>;
  /** The command without arguments. */
  readonly defaultCommand: string;
  /** Version of the Node that runs this. */
  readonly node: string;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

const HELP = ['--help', '-h', 'help'];
const VERSION_OPTIONS = ['--version', '-v'];

/** Runs the command that the first argument names with the arguments that follow it; resolves to the exit code. */
export async function runCommandLine(args: readonly string[], options: CommandLine): Promise<number> {
  const { commands, defaultCommand, node, write, writeError } = options;
  const [name = defaultCommand, ...rest] = args;
  if (VERSION_OPTIONS.includes(name)) {
    write(`${VERSION}\n`);
    return 0;
  }
  if (HELP.includes(name)) {
    write(helpText(commands));
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    writeError(`“${name}” is not a command.\n\n${helpText(commands)}`);
    return 1;
  }
  const nodeError = checkNode(node);
  if (nodeError !== null) {
    writeError(`Lampboard: ${nodeError}\n`);
    return 1;
  }
  const run = await command.load();
  return run(rest);
}

function helpText(commands: ReadonlyMap<string, Command>): string {
  const lines = [
    ...Array.from(commands, ([name, { summary }]) => [name, summary]),
    ['--version', 'prints the version'],
  ].map(([name = '', summary]) => `  ${name.padEnd(11)}  ${summary}\n`);
  return `Usage: lampboard [command]

${lines.join('')}
Settings are variables such as LAMPBOARD_PORT=8081, in the environment or in a file .env in this folder.
`;
}
