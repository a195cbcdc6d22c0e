import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Role } from '@lampboard/protocol';
import { type CommandResult, runCommand } from '../processes/run-command.ts';

const CLI = fileURLToPath(new URL('../../../apps/gateway/dist/lampboard.js', import.meta.url));
/** The database of the demo PBX, which is the one that the command line keeps where no Asterisk is configured. */
const DEMO_DATABASE = 'demo.db';
const REAL_DATABASE = 'lampboard.db';

interface TestAccount {
  readonly role: Role;
  readonly extension: string;
  readonly password: string;
}

export type TestAccountName = 'rita' | 'alice' | 'ada';

/** The accounts that every gateway under test has: one of each role, each with an extension of its own. */
export const ACCOUNTS: Readonly<Record<TestAccountName, TestAccount>> = {
  rita: { role: 'receptionist', extension: '1101@default', password: 'correct horse battery' },
  alice: { role: 'user', extension: '1106@default', password: 'purple umbrella 9' },
  ada: { role: 'admin', extension: '1103@default', password: 'differenz engine 1843' },
};

/** `npm run lampboard -- …`, as an administrator types it; `input` is what it reads. */
export function runCli(options: {
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  input?: string;
}): Promise<CommandResult> {
  return runCommand({ ...options, command: process.execPath, args: [CLI, ...options.args] });
}

let template: Promise<ReadonlyMap<string, Buffer>> | undefined;

/** Puts the accounts above into a data folder. They are made once in a process, since hashing is meant to be slow. */
export async function seedAccounts(data: string, { demo }: { demo: boolean }): Promise<void> {
  template ??= makeTemplate();
  for (const [file, bytes] of await template) {
    await writeFile(join(data, demo ? file : file.replace(DEMO_DATABASE, REAL_DATABASE)), bytes, {
      mode: 0o600,
    });
  }
}

/** The files of a data folder with these accounts. */
async function makeTemplate(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'lampboard-accounts-'));
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
    await rm(folder, { recursive: true });
  }
}
