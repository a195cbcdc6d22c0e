import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { testFolder } from '../testing/test-folder.ts';
import { backupStore, restoreStore } from './backup.ts';
import { MIGRATIONS } from './migrations.ts';
import { openStore } from './open-store.ts';

const NOW = { now: Date.UTC(2026, 6, 1, 12, 30), isServing: false };

/** A folder with a store that holds the accounts; it is open until `close`. */
function site(...accounts: string[]) {
  const folder = testFolder();
  const path = join(folder, 'lampboard.db');
  const location = { folder, isDemo: false };
  const store = openStore(location);
  for (const name of accounts) addAccount(store.db, name);
  return { folder, path, location, ...store };
}

function addAccount(db: Database.Database, name: string): void {
  db.exec(insertAccount(name));
}

const insertAccount = (name: string) =>
  `INSERT INTO accounts (name, name_key, role, extensions, proof, disabled, created_at)
   VALUES ('${name}', '${name}', 'user', '[]', 'password', 0, 0)`;

const accountsIn = (path: string): unknown[] => {
  const db = new Database(path);
  return db.prepare('SELECT name FROM accounts ORDER BY id').all();
};

/** Makes a store that no one has open, as a gateway leaves it when it ends. */
function closedStore(path: string, ...accounts: string[]): void {
  runSql(
    path,
    `PRAGMA journal_mode = WAL; ${MIGRATIONS.join('')}; PRAGMA user_version = ${MIGRATIONS.length}`,
  );
  for (const name of accounts) runSql(path, insertAccount(name));
}

/** Without a prepared statement, which would keep the file open. */
function runSql(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

it('[DO2] [ST10] a backup has all that was written before it, is readable by its owner only, and the store goes on', () => {
  const { path, folder, location, db } = site('rita');
  const copy = join(folder, 'copy.db');
  const umask = process.umask(0);
  const result = backupStore(location, copy);
  process.umask(umask);
  expect(result).toEqual({ ok: true, value: statSync(copy).size });
  addAccount(db, 'josh');
  expect(accountsIn(copy)).toMatchObject([{ name: 'rita' }]);
  expect(accountsIn(path)).toMatchObject([{ name: 'rita' }, { name: 'josh' }]);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((file) => file.includes('partial'))).toEqual([]);
});

it('[DO2] a backup replaces no file, and says in one line why none was made', () => {
  const { folder, path, location } = site('rita');
  const taken = join(folder, 'taken.db');
  writeFileSync(taken, 'precious');
  const messageOf = (target: string, from = location) => {
    const result = backupStore(from, target);
    return result.ok ? 'copied' : result.message;
  };
  expect(messageOf(taken)).toBe(`${taken} exists already; choose another name. No copy was made.`);
  expect(readFileSync(taken, 'utf8')).toBe('precious');
  const nowhere = join(folder, 'none', 'copy.db');
  expect(messageOf(nowhere)).toBe(`${nowhere} is in a folder that does not exist. No copy was made.`);
  const empty = { folder: testFolder(), isDemo: false };
  expect(messageOf(join(folder, 'copy.db'), empty)).toContain('lampboard.db does not exist. No copy');
  expect(readdirSync(empty.folder)).toEqual([]);
  expect(messageOf(path)).toContain('exists already');
});

it('[DO2] no backup is made of a damaged store', () => {
  const { folder, path, location } = damagedSite();
  const result = backupStore(location, join(folder, 'copy.db'));
  expect(result).toMatchObject({
    ok: false,
    message: expect.stringContaining(`${path} can’t be used: it is damaged`),
  });
  expect(readdirSync(folder).filter((file) => file.includes('copy'))).toEqual([]);
});

/** A store whose pages, but not the first, are damaged. */
function damagedSite() {
  const folder = testFolder();
  const path = join(folder, 'lampboard.db');
  closedStore(path, 'rita');
  runSql(path, 'PRAGMA journal_mode = DELETE');
  damage(path);
  return { folder, path, location: { folder, isDemo: false } };
}

function damage(path: string, from = 4096): void {
  const bytes = readFileSync(path);
  bytes.subarray(from).fill(0x5a);
  writeFileSync(path, bytes);
}

it('[DO3] a restored store is that of the copy, and the replaced one is kept beside it', () => {
  const { folder: source, location: from } = site('rita', 'josh');
  const copy = join(source, 'copy.db');
  backupStore(from, copy);
  const folder = testFolder();
  const path = join(folder, 'lampboard.db');
  closedStore(path, 'ada');
  const restored = restoreStore({ folder, isDemo: false }, copy, NOW);
  const replaced = `${path}.replaced-2026-07-01T12-30-00.000`;
  expect(restored).toEqual({ ok: true, value: { replaced } });
  expect(readdirSync(folder).toSorted()).toEqual([
    'lampboard.db',
    'lampboard.db.replaced-2026-07-01T12-30-00.000',
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(accountsIn(path)).toMatchObject([{ name: 'rita' }, { name: 'josh' }]);
  expect(accountsIn(replaced)).toMatchObject([{ name: 'ada' }]);
  expect(existsSync(copy)).toBe(true);
});

it('[DO3] where there is no store, or only a damaged one, a copy is restored all the same', () => {
  const { folder: source, location: from } = site('rita');
  const copy = join(source, 'copy.db');
  backupStore(from, copy);
  const empty = { folder: join(testFolder(), 'data'), isDemo: false };
  expect(restoreStore(empty, copy, NOW)).toEqual({ ok: true, value: { replaced: null } });
  expect(accountsIn(join(empty.folder, 'lampboard.db'))).toMatchObject([{ name: 'rita' }]);
  const { location, path } = damagedSite();
  writeFileSync(path, readFileSync(path).fill(0, 0, 100));
  expect(restoreStore(location, copy, { ...NOW, isServing: true })).toMatchObject({
    ok: false,
    message: expect.stringContaining('is in use'),
  });
  expect(restoreStore(location, copy, NOW)).toMatchObject({ ok: true });
  expect(accountsIn(path)).toMatchObject([{ name: 'rita' }]);
});

it('[DO3] nothing is restored while a gateway has the store open', () => {
  const { folder: source, location: from } = site('rita');
  const copy = join(source, 'copy.db');
  backupStore(from, copy);
  const { folder, path, location } = site('ada');
  const before = readdirSync(folder).toSorted();
  expect(restoreStore(location, copy, NOW)).toEqual({
    ok: false,
    message: `${path} is in use: stop Lampboard first, for example with \`systemctl stop lampboard\`. Nothing was changed.`,
  });
  expect(readdirSync(folder).toSorted()).toEqual(before);
  expect(accountsIn(path)).toMatchObject([{ name: 'ada' }]);
});

it.each<[string, (file: string) => void, string]>([
  ['is missing', () => {}, 'does not exist'],
  ['is a folder', (file) => mkdirSync(file), 'is not a file'],
  [
    'is garbage',
    (file) => writeFileSync(file, 'garbage'.repeat(1000)),
    'is not a Lampboard store, or is damaged',
  ],
  ['is empty', (file) => writeFileSync(file, ''), 'is empty'],
  ['is cut off', cutOff, 'damaged'],
  [
    'has a damaged page',
    (file) => {
      closedStore(file, 'rita');
      runSql(file, 'PRAGMA journal_mode = DELETE');
      damage(file, -4096);
    },
    'is damaged',
  ],
  [
    'is damaged inside',
    (file) => {
      closedStore(file, 'rita');
      runSql(file, 'PRAGMA journal_mode = DELETE');
      damage(file);
    },
    'damaged',
  ],
  ['is another program’s', (file) => runSql(file, 'CREATE TABLE bookmarks (url TEXT)'), 'by another program'],
  [
    'is of a newer Lampboard',
    (file) => {
      closedStore(file);
      runSql(file, `PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    },
    'by a newer Lampboard',
  ],
])('[DO3] a file that %s is not restored, and the store stays as it is', (_, prepare, reason) => {
  const file = join(testFolder(), 'copy.db');
  prepare(file);
  const folder = testFolder();
  const path = join(folder, 'lampboard.db');
  closedStore(path, 'ada');
  const before = readdirSync(folder).toSorted();
  const result = restoreStore({ folder, isDemo: false }, file, NOW);
  expect(result).toMatchObject({ ok: false });
  const message = result.ok ? '' : result.message;
  expect(message).toMatch(new RegExp(`^${file} .*${reason}.*\\. Nothing was changed\\.$`));
  expect(readdirSync(folder).toSorted()).toEqual(before);
  expect(accountsIn(path)).toMatchObject([{ name: 'ada' }]);
});

function cutOff(file: string): void {
  closedStore(file, 'rita');
  runSql(file, 'PRAGMA journal_mode = DELETE');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length / 2));
}
