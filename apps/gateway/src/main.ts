#!/usr/bin/env node
import { type Command, runCommandLine } from './cli/command-line.ts';
import { handleSignals, stopWithParent } from './platform/signals.ts';

/** The code of a command is loaded when it runs. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['serve', { summary: 'serves the board (the default); without settings, a demo', load: async () => serve }],
  [
    'account',
    {
      summary: 'lists, adds and changes accounts',
      load: async () => (await import('./cli/account-command.ts')).runAccountCommand,
    },
  ],
  [
    'doctor',
    {
      summary: 'checks this installation, and says what to do',
      load: async () => (await import('./cli/doctor-command.ts')).runDoctorCommand,
    },
  ],
  [
    'check',
    {
      summary: 'checks the settings, and the files that they name',
      load: async () => (await import('./cli/doctor-command.ts')).runCheckCommand,
    },
  ],
  [
    'backup',
    {
      summary: 'copies the store to a file, while Lampboard runs or not',
      load: async () => (await import('./cli/store-commands.ts')).runBackupCommand,
    },
  ],
  [
    'restore',
    {
      summary: 'replaces the store with such a copy, while it does not run',
      load: async () => (await import('./cli/store-commands.ts')).runRestoreCommand,
    },
  ],
  [
    'healthcheck',
    {
      summary: 'exits with 0 while Lampboard serves here',
      load: async () => (await import('./cli/doctor-command.ts')).runHealthcheckCommand,
    },
  ],
]);

/** Starts the gateway, which runs until a signal stops it. */
async function serve(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write(
      `“serve” takes no arguments, but “${args.join(' ')}” was given. Settings are variables such as LAMPBOARD_PORT=8081.\n`,
    );
    return 1;
  }
  // Signals are handled while the rest is loaded.
  const signals = handleSignals();
  if (process.env['npm_lifecycle_event'] === 'npx') stopWithParent();
  const { main } = await import('./app.ts');
  signals.serve(await main());
  return 0;
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  commands: COMMANDS,
  defaultCommand: 'serve',
  node: process.versions.node,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
});
