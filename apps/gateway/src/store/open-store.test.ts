import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { StartFault } from '../start-fault.ts';
import { testFolder } from '../testing/test-folder.ts';
import { MIGRATIONS } from './migrations.ts';
import { openStore } from './open-store.ts';

const pathIn = (folder: string) => join(folder, 'lampboard.db');

/** The one line that stops the start. */
function faultOf(folder: string): string {
  try {
    openStore({ folder, isDemo: false }).close();
  } catch (error) {
    if (error instanceof StartFault) return error.message;
    throw error;
  }
  return 'opened';
}

function another(folder: string, sql: string): void {
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
    (folder) => another(folder, 'CREATE TABLE bookmarks (url TEXT)'),
    'by another program',
  ],
  [
    'is another program’s with a number of ours',
    (folder) => another(folder, `CREATE TABLE accounts (id); PRAGMA user_version = ${MIGRATIONS.length}`),
    'by another program',
  ],
  [
    'is another program’s by its own word',
    (folder) => another(folder, 'PRAGMA application_id = 252006673; PRAGMA user_version = 3'),
    'by another program',
  ],
])('[ST4] a store that %s stops the start with one line, and is left as it was', (_, make, why) => {
  const folder = testFolder();
  make(folder);
  const file = pathIn(folder);
  const content = () => (statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : null);
  const before = content();
  const fault = faultOf(folder);
  expect(fault).toContain(`LAMPBOARD_DATA: ${file} `);
  expect(fault).toContain(why);
  expect(fault).not.toContain('\n');
  expect(content()).toEqual(before);
});

it('[ST4] a store of a newer Lampboard stops the start with one line', () => {
  const folder = testFolder();
  expect(faultOf(folder)).toBe('opened');
  another(folder, `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  expect(faultOf(folder)).toContain('was made by a newer Lampboard');
});

it('[ST4] a store that is damaged inside stops the start with one line', () => {
  const folder = testFolder();
  openStore({ folder, isDemo: false }).db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(pathIn(folder));
  bytes.fill(0x5a, 4096, 12_288);
  writeFileSync(pathIn(folder), bytes);
  expect(faultOf(folder)).toMatch(/lampboard\.db .*damaged/);
});

it('[ST4] a folder that is a file, or can’t be made, stops the start with one line', () => {
  const file = join(testFolder(), 'data');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below')])
    expect(faultOf(folder)).toBe(`LAMPBOARD_DATA names ${folder}, which is not a folder.`);
});

it('[ST8] a folder in which other users may write is refused, and so is a link beside the store', () => {
  for (const mode of [0o777, 0o770, 0o1777]) {
    const folder = testFolder();
    chmodSync(folder, mode);
    expect(faultOf(folder)).toContain('in which other users may write');
  }
  const folder = testFolder();
  symlinkSync('/tmp/elsewhere', `${pathIn(folder)}-wal`);
  expect(faultOf(folder)).toContain('lampboard.db-wal is a symbolic link');
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
  const steps = MIGRATIONS.slice(0, 4).join('');
  another(folder, `${steps}; PRAGMA user_version = 4`);
  expect(faultOf(folder)).toBe('opened');
  expect(faultOf(folder)).toBe('opened');
});
