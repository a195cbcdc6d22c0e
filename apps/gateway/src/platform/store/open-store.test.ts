import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync, chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';
import Database from 'libsql';
import { StartupError } from '../failure.ts';
import { MIGRATIONS } from './migrations.ts';
import { openStore } from './open-store.ts';

const pathIn = (folder: string) => join(folder, 'lampboard.db');

/** The one line that stops the start. */
function startupErrorOf(folder: string): string {
  try {
    openStore({ folder, isDemo: false }).close();
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  return 'opened';
}

function runSql(folder: string, sql: string): void {
  const db = new Database(pathIn(folder));
  db.exec(sql);
  db.close();
}

it.each<[string, (folder: string) => void, string]>([
  [
    'is garbage',
    (folder) => writeFileSync(pathIn(folder), 'garbage'.repeat(1000)),
    'is no store of Lampboard’s',
  ],
  ['is a folder', (folder) => mkdirSync(pathIn(folder)), 'is a folder'],
  [
    'is a symbolic link',
    (folder) => {
      writeFileSync(join(folder, 'elsewhere'), '');
      symlinkSync(join(folder, 'elsewhere'), pathIn(folder));
    },
    'is a symbolic link',
  ],
  [
    'is a link that leads nowhere',
    (folder) => symlinkSync('/nowhere/at.all', pathIn(folder)),
    'is a symbolic link',
  ],
  [
    'is another program’s',
    (folder) => runSql(folder, 'CREATE TABLE bookmarks (url TEXT)'),
    'by another program',
  ],
  [
    'is another program’s with a number of ours',
    (folder) => runSql(folder, `CREATE TABLE accounts (id); PRAGMA user_version = ${MIGRATIONS.length}`),
    'by another program',
  ],
  [
    'is another program’s by its own word',
    (folder) => runSql(folder, 'PRAGMA application_id = 252006673; PRAGMA user_version = 3'),
    'by another program',
  ],
])('[ST4] a store that %s stops the start with one line, and is left as it was', (_, prepare, reason) => {
  const folder = testFolder();
  prepare(folder);
  const file = pathIn(folder);
  const content = () => (statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : null);
  const before = content();
  const message = startupErrorOf(folder);
  expect(message).toContain(`LAMPBOARD_DATA_DIR: ${file} `);
  expect(message).toContain(reason);
  expect(message).not.toContain('\n');
  expect(content()).toEqual(before);
});

it('[ST4] a store of a newer Lampboard stops the start with one line', () => {
  const folder = testFolder();
  expect(startupErrorOf(folder)).toBe('opened');
  runSql(folder, `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  expect(startupErrorOf(folder)).toContain('was made by a newer Lampboard');
});

it('[ST4] a store that is damaged inside stops the start with one line', () => {
  const folder = testFolder();
  openStore({ folder, isDemo: false }).db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(pathIn(folder));
  bytes.fill(0x5a, 4096, 12_288);
  writeFileSync(pathIn(folder), bytes);
  expect(startupErrorOf(folder)).toMatch(/lampboard\.db .*damaged/);
});

it('[ST4] a folder that is a file, or can’t be made, stops the start with one line', () => {
  const file = join(testFolder(), 'data');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below')])
    expect(startupErrorOf(folder)).toBe(`LAMPBOARD_DATA_DIR names ${folder}, which is not a folder.`);
});

it('[ST8] a folder in which other users may write is refused, and so is a link beside the store', () => {
  for (const mode of [0o777, 0o770, 0o1777]) {
    const folder = testFolder();
    chmodSync(folder, mode);
    expect(startupErrorOf(folder)).toContain('in which other users may write');
  }
  const folder = testFolder();
  symlinkSync('/tmp/elsewhere', `${pathIn(folder)}-wal`);
  expect(startupErrorOf(folder)).toContain('lampboard.db-wal is a symbolic link');
});

it('[ST8] a folder and files that are made can be read by their owner only, whatever the umask', () => {
  const before = process.umask(0);
  const folder = join(testFolder(), 'data');
  openStore({ folder, isDemo: false });
  process.umask(before);
  const modes = [folder, pathIn(folder), `${pathIn(folder)}-wal`].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

it('[ST4] a store of an older Lampboard is brought up to date', () => {
  const folder = testFolder();
  const migrations = MIGRATIONS.slice(0, 4).join('');
  runSql(folder, `${migrations}; PRAGMA user_version = 4`);
  expect(startupErrorOf(folder)).toBe('opened');
  expect(startupErrorOf(folder)).toBe('opened');
});

const MANUAL = new URL('../../../../../docs/administration.md', import.meta.url);

it('[ST10] the backup that the manual tells can be read by its owner only', () => {
  const [command = ''] = /^.*sqlite3.*\.backup.*$/m.exec(readFileSync(MANUAL, 'utf8')) ?? [];
  const folder = testFolder();
  mkdirSync(join(folder, 'bin'));
  // Stands in for sqlite3, which not every machine has: makes the file that it is told to.
  writeFileSync(join(folder, 'bin', 'sqlite3'), '#!/bin/sh\n: > "${2#.backup }"\n', { mode: 0o755 });
  execFileSync('sh', ['-c', `umask 022; ${command}`], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` },
  });
  expect(statSync(join(folder, 'copy.db')).mode & 0o777).toBe(0o600);
});
