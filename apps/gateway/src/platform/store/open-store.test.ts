import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';
import Database from 'libsql';
import { z } from 'zod';
import { StartupError } from '../failure.ts';
import { MIGRATIONS } from './migrations.ts';
import { openStore } from './open-store.ts';
import { saveCopy } from './store-copy.ts';

const pathIn = (folder: string) => join(folder, 'lampboard.db');

/** The message that stops the start. */
function startupErrorOf(folder: string): string {
  try {
    openStore({ folder, isDemo: false }).close();
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  return 'opened';
}

function runSql(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

it.each<[string, (file: string) => void, string]>([
  ['is garbage', (file) => writeFileSync(file, 'garbage'.repeat(1000)), 'is not a Lampboard store'],
  ['is a folder', (file) => mkdirSync(file), 'is a folder'],
  ['is a symbolic link', (file) => symlinkSync(fileURLToPath(import.meta.url), file), 'is a symbolic link'],
  ['is a link that leads nowhere', (file) => symlinkSync('/nowhere/at.all', file), 'is a symbolic link'],
  ['is another program’s', (file) => runSql(file, 'CREATE TABLE bookmarks (url TEXT)'), 'by another program'],
  [
    'is another program’s with a number of ours',
    (file) => runSql(file, `CREATE TABLE accounts (id); PRAGMA user_version = ${MIGRATIONS.length}`),
    'by another program',
  ],
  [
    'is another program’s by its own word',
    (file) => runSql(file, 'PRAGMA application_id = 252006673; PRAGMA user_version = 3'),
    'by another program',
  ],
])('[ST4] a store that %s stops the start with one line, and is not changed', (_, prepare, reason) => {
  const folder = testFolder();
  const file = pathIn(folder);
  prepare(file);
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
  runSql(pathIn(folder), `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  expect(startupErrorOf(folder)).toContain('was created by a newer Lampboard');
});

it('[ST4] a store that is damaged inside stops the start with one line', () => {
  const folder = testFolder();
  openStore({ folder, isDemo: false }).db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(pathIn(folder));
  bytes.fill(0x5a, 4096, 12_288);
  writeFileSync(pathIn(folder), bytes);
  expect(startupErrorOf(folder)).toMatch(/lampboard\.db .*damaged/);
});

it('[ST4] a folder that is a file, or can’t be created, stops the start with one line', () => {
  const file = join(testFolder(), 'data');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below')])
    expect(startupErrorOf(folder)).toBe(`LAMPBOARD_DATA_DIR names ${folder}, which is not a folder.`);
});

it('[ST8] rejects a folder in which other users can write, and a link beside the store', () => {
  for (const mode of [0o777, 0o770, 0o1777]) {
    const folder = testFolder();
    chmodSync(folder, mode);
    expect(startupErrorOf(folder)).toContain('in which other users can write');
  }
  const folder = testFolder();
  symlinkSync('/tmp/elsewhere', `${pathIn(folder)}-wal`);
  expect(startupErrorOf(folder)).toContain('lampboard.db-wal is a symbolic link');
});

it('[ST8] creates folder and files for their owner only, with any umask', () => {
  const before = process.umask(0);
  const folder = join(testFolder(), 'data');
  openStore({ folder, isDemo: false });
  process.umask(before);
  const modes = [folder, pathIn(folder), `${pathIn(folder)}-wal`].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

const RETURN_TIME = { at: 1, next: 'available' };
const OLD_TEMPLATE = { id: 't', name: 'Lunch', state: 'away', subtype: '', message: '' };
const FROM_VERSION_4 = `
  INSERT INTO accounts (name, name_key, role, extensions, proof, disabled, created_at)
    VALUES ('rita', 'rita', 'user', '[]', 'password', 0, 0);
  INSERT INTO edits (at, extension, provider, by, before, wanted, result, back)
    VALUES (1, '1101@default', 'CustomPresence:1101', 'rita', '{}', '{}', 'overtaken', '${JSON.stringify(RETURN_TIME)}');
  INSERT INTO return_times (provider, presence, by, at, back)
    VALUES ('CustomPresence:1101', '{}', 'rita', 1, '${JSON.stringify(RETURN_TIME)}');
  INSERT INTO preferences VALUES (1, '${JSON.stringify({
    tellMe: ['1101@default'],
    singleKeys: false,
    sort: { column: 'back', descending: true },
    filter: { show: 'contradictory' },
  })}');
  INSERT INTO followed VALUES (1, 2, 3);
  INSERT INTO own_groups (account_id, id, place, name, members) VALUES (1, 'g', 3, 'Sales', '[]');`;

const storedJson = (db: Database.Database, sql: string): unknown =>
  JSON.parse(z.object({ json: z.string() }).parse(db.prepare(sql).get()).json);

it('[ST11] a store of an older Lampboard is migrated with all that is in it, and a copy is kept beside it', () => {
  const folder = testFolder();
  runSql(pathIn(folder), `${MIGRATIONS.slice(0, 4).join('')}; ${FROM_VERSION_4} PRAGMA user_version = 4`);
  const { db, close } = openStore({ folder, isDemo: false });
  const all = (sql: string) => db.prepare(sql).all();
  expect(all('SELECT result, back FROM edits')).toEqual([
    { result: 'superseded', back: '{"at":1,"thenState":"available"}' },
  ]);
  expect(all('SELECT * FROM coverage')).toEqual([{ id: 1, since: 2, until: 3, pbx: '' }]);
  expect(all('SELECT back FROM return_times')).toEqual([{ back: '{"at":1,"thenState":"available"}' }]);
  expect(all('SELECT position, name FROM user_groups')).toEqual([{ position: 3, name: 'Sales' }]);
  expect(storedJson(db, 'SELECT preferences AS json FROM preferences')).toEqual({
    watchedExtensions: ['1101@default'],
    singleKeyShortcuts: false,
    sort: { column: 'return-time', descending: true },
    filter: { preset: 'mismatch' },
  });
  close();
  const copy = join(folder, 'lampboard.db.v4');
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const old = new Database(copy);
  expect(old.prepare('SELECT result FROM edits').all()).toEqual([{ result: 'overtaken' }]);
  old.close();
  expect(startupErrorOf(folder)).toBe('opened');
  expect(readdirSync(folder).filter((file) => file.includes('.v'))).toEqual(['lampboard.db.v4']);
});

it('[ST11] templates of an older Lampboard are kept', () => {
  const folder = testFolder();
  const before = 8;
  const template = JSON.stringify({ ...OLD_TEMPLATE, back: { kind: 'in', minutes: 5, next: null } });
  const insert = `INSERT INTO templates (id, place, template) VALUES ('t', 1, '${template}')`;
  runSql(
    pathIn(folder),
    `${MIGRATIONS.slice(0, before).join('')}; ${insert}; PRAGMA user_version = ${before}`,
  );
  const { db, close } = openStore({ folder, isDemo: false });
  expect(storedJson(db, 'SELECT template AS json FROM templates')).toEqual({
    ...OLD_TEMPLATE,
    returnTime: { kind: 'in', minutes: 5, thenState: null },
  });
  close();
});

const OLDER_VERSIONS = Array.from({ length: MIGRATIONS.length - 1 }, (_, index) => index + 1);

it.each(OLDER_VERSIONS)(
  '[ST11] before the step from version %i a copy is kept, with what is in it',
  (version) => {
    const folder = testFolder();
    const insert = `INSERT INTO accounts (name, name_key, role, extensions, proof, disabled, created_at)
    VALUES ('rita', 'rita', 'user', '[]', 'password', 0, 0)`;
    runSql(
      pathIn(folder),
      `${MIGRATIONS.slice(0, version).join('')}; ${insert}; PRAGMA user_version = ${version}`,
    );
    const { db } = openStore({ folder, isDemo: false });
    expect(db.prepare('SELECT name FROM accounts').all()).toEqual([{ name: 'rita' }]);
    const copy = new Database(join(folder, `lampboard.db.v${version}`));
    expect(copy.pragma('user_version')).toMatchObject([{ user_version: version }]);
    expect(copy.prepare('SELECT name FROM accounts').all()).toEqual([{ name: 'rita' }]);
  },
);

it('[ST11] a copy of an earlier time stays, and the next one has a number', () => {
  const folder = testFolder();
  const file = pathIn(folder);
  const old = `${MIGRATIONS.slice(0, 4).join('')}; PRAGMA user_version = 4;`;
  runSql(file, old);
  openStore({ folder, isDemo: false }).close();
  // Back to the older Lampboard, in which something is written.
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  copyFileSync(`${file}.v4`, file);
  runSql(file, "INSERT INTO keys VALUES ('later', x'00')");
  openStore({ folder, isDemo: false }).close();
  const copies = readdirSync(folder).filter((name) => name.includes('.v'));
  expect(copies.toSorted()).toEqual(['lampboard.db.v4', 'lampboard.db.v4.2']);
  const rows = copies
    .toSorted()
    .map((name) => new Database(join(folder, name)).prepare('SELECT purpose FROM keys').all());
  expect(rows).toEqual([[], [{ purpose: 'later' }]]);
});

it('[ST11] gateways that start together keep one copy between them', () => {
  const folder = testFolder();
  const { db } = openStore({ folder, isDemo: false });
  for (let gateway = 0; gateway < 3; gateway += 1) saveCopy(db, join(folder, 'copy'), () => true);
  saveCopy(db, join(folder, 'late'), () => false);
  expect(readdirSync(folder).filter((name) => !name.startsWith('lampboard.db'))).toEqual(['copy']);
});
