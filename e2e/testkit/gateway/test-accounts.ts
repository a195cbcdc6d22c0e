import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '@lampboard/protocol';
import { type CommandResult, runCommand } from '../processes/run-command.ts';
import { repoPath } from '../processes/repo-path.ts';
import { makeTempFolder } from '../processes/temp-folder.ts';

export const MAIN = repoPath('apps/gateway/dist/main.js');
/** The database that the command line uses without an Asterisk. */
const DEMO_DATABASE = 'demo.db';
const REAL_DATABASE = 'lampboard.db';

/** Accounts of every gateway under test: one for each role, with separate extensions. */
export const ACCOUNTS = {
  rita: { role: 'receptionist', extension: '1101@default', password: 'correct horse battery' },
  alice: { role: 'user', extension: '1106@default', password: 'purple umbrella 9' },
  ada: { role: 'admin', extension: '1103@default', password: 'differenz engine 1843' },
} as const satisfies Record<string, { role: Role; extension: string; password: string }>;

export type TestAccountName = keyof typeof ACCOUNTS;

/** Runs `lampboard …` with `input` on stdin. */
export function runCli(options: {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  input?: string;
}): Promise<CommandResult> {
  return runCommand({ ...options, command: process.execPath, args: [MAIN, ...options.args] });
}

let template: Promise<ReadonlyMap<string, Buffer>> | undefined;

/** Copies the test accounts into a data folder; they are created once in a process, since hashing is slow. */
export async function seedAccounts(data: string, { demo }: { demo: boolean }): Promise<void> {
  template ??= makeTemplate();
  for (const [file, bytes] of await template) {
    await writeFile(join(data, demo ? file : file.replace(DEMO_DATABASE, REAL_DATABASE)), bytes, {
      mode: 0o600,
    });
  }
}

async function makeTemplate(): Promise<ReadonlyMap<string, Buffer>> {
  const { path: folder, stop } = await makeTempFolder();
  try {
    for (const [name, { role, extension, password }] of Object.entries(ACCOUNTS)) {
      const added = await runCli({
        args: ['account', 'add', name, '--role', role, '--extension', extension, '--password-stdin'],
        cwd: folder,
        env: { ...process.env, LAMPBOARD_DATA_DIR: folder },
        input: `${password}\n`,
      });
      if (added.code !== 0) throw new Error(`The account ${name} could not be made: ${added.stderr}`);
    }
    const files = await readdir(folder);
    return new Map(
      await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file))] as const)),
    );
  } finally {
    await stop();
  }
}
