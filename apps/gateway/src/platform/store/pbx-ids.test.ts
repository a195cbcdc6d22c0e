import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { StartupError } from '../failure.ts';
import { testFolder } from '../testing/test-folder.ts';
import { inspectStore } from './inspect-store.ts';
import { openStore } from './open-store.ts';
import type { StoredPbx } from './pbx-ids.ts';

const pbxsOf = (...ids: readonly string[]): StoredPbx[] => ids.map((id) => ({ id, formerId: null }));
const ONE = [{ id: '', formerId: 'berlin' }];
const TWO = [
  { id: 'berlin', formerId: '' },
  { id: 'paris', formerId: null },
];

const accountWith = (extensions: string, since: string) =>
  `INSERT INTO accounts (id, name, name_key, role, extensions, extensions_since, proof, disabled, created_at)
    VALUES (1, 'rita', 'rita', 'user', '${extensions}', '${since}', 'password', 0, 0);`;
/** Rows of one PBX, in every table that holds ids. */
const RECORDS = [
  `INSERT INTO user_groups (account_id, id, position, name, members)
    VALUES (1, 'favourites', 0, '', '["1103@sales","1101@default"]');`,
  `INSERT INTO preferences VALUES (1, '{"view":"table","watchedExtensions":["1102@default"]}');`,
  `INSERT INTO edits (at, extension, provider, by, before, wanted, result)
    VALUES (1, '1101@default', 'CustomPresence:1101', 'rita', '{}', '{}', 'ok');`,
  `INSERT INTO return_times (provider, presence, by, at, back) VALUES ('CustomPresence:1101', '{}', 'rita', 1, '{}');`,
  `INSERT INTO history (extension, at, until, lamp, seq) VALUES ('1101@default', 1, 2, 'idle', 1);
   INSERT INTO history_current (extension, at, lamp, seq, prev_id) VALUES ('1101@default', 2, 'busy', 2, 1);`,
  "INSERT INTO followed_dnd VALUES ('1104@default', NULL, 1);",
  'INSERT INTO coverage (since, until) VALUES (1, 2);',
  `INSERT INTO directory VALUES ('1101@default', '{"name":"Rita","deputy":"1102@default"}', 1);`,
  "INSERT INTO hints VALUES ('', '[]');",
];
const ACCOUNT = accountWith('["1101@default","a/1@b"]', '{"1101@default":5}');
const ACCOUNT_WITHOUT_EXTENSIONS = accountWith('[]', '{}');

function site(records: readonly string[] = [ACCOUNT, ...RECORDS]) {
  const folder = testFolder();
  const { db, close } = openStore({ folder, isDemo: false });
  db.exec(records.join(''));
  close();
  return {
    folder,
    /** Opens the store with these PBXs; returns all ids in it. */
    idsWith(pbxs: readonly StoredPbx[]) {
      const store = openStore({ folder, isDemo: false, pbxs });
      try {
        return idsIn(store.db);
      } finally {
        store.close();
      }
    },
    /** Runs SQL with the PBXs of the last start. */
    run(sql: string) {
      const database = new Database(join(folder, 'lampboard.db'));
      database.exec(sql);
      database.close();
    },
    copies: () => readdirSync(folder).filter((file) => /\.db\.[a-z-]+$/u.test(file)),
  };
}

function idsIn(db: Database.Database) {
  const values = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => Object.values(z.looseObject({}).parse(row))[0]);
  const lists = (sql: string) => values(sql).map((text): unknown => JSON.parse(String(text)));
  return {
    accounts: lists('SELECT extensions FROM accounts'),
    assigned: lists('SELECT extensions_since FROM accounts'),
    groups: lists('SELECT members FROM user_groups'),
    preferences: lists('SELECT preferences FROM preferences'),
    edits: values("SELECT pbx || ' ' || extension FROM edits"),
    returnTimes: values('SELECT pbx FROM return_times'),
    dnd: values('SELECT extension FROM followed_dnd'),
    history: values('SELECT extension FROM history'),
    current: values("SELECT extension || ' ' || lamp FROM history_current"),
    coverage: values('SELECT pbx FROM coverage'),
    directory: values("SELECT extension || ' ' || (fields ->> '$.deputy') FROM directory"),
    hints: values('SELECT pbx FROM hints'),
  };
}

const AS_ONE = {
  accounts: [['1101@default', 'a/1@b']],
  assigned: [{ '1101@default': 5 }],
  groups: [['1103@sales', '1101@default']],
  preferences: [{ view: 'table', watchedExtensions: ['1102@default'] }],
  edits: [' 1101@default'],
  returnTimes: [''],
  dnd: ['1104@default'],
  history: ['1101@default'],
  current: ['1101@default busy'],
  coverage: [''],
  directory: ['1101@default 1102@default'],
  hints: [''],
};
const AS_BERLIN = {
  accounts: [['berlin/1101@default', 'a/1@b']],
  assigned: [{ 'berlin/1101@default': 5 }],
  groups: [['berlin/1103@sales', 'berlin/1101@default']],
  preferences: [{ view: 'table', watchedExtensions: ['berlin/1102@default'] }],
  edits: ['berlin berlin/1101@default'],
  returnTimes: ['berlin'],
  dnd: ['berlin/1104@default'],
  history: ['berlin/1101@default'],
  current: ['berlin/1101@default busy'],
  coverage: ['berlin'],
  directory: ['berlin/1101@default berlin/1102@default'],
  hints: ['berlin'],
};

it('[PB4] from one PBX to several all that is stored follows, and a copy of the store is kept', () => {
  const { folder, idsWith, copies } = site();
  expect(idsWith(TWO)).toEqual(AS_BERLIN);
  expect(copies()).toEqual(['lampboard.db.one-pbx']);
  const copy = new Database(join(folder, 'lampboard.db.one-pbx'));
  expect(idsIn(copy)).toEqual(AS_ONE);
  copy.close();
  expect(idsWith(TWO)).toEqual(AS_BERLIN);
  expect(idsWith(pbxsOf('berlin', 'paris'))).toEqual(AS_BERLIN);
});

it('[PB4] a file with one PBX alone takes its prefix away', () => {
  const { idsWith, copies } = site();
  idsWith(TWO);
  expect(idsWith(ONE)).toEqual(AS_ONE);
  expect(copies()).toEqual(['lampboard.db.berlin', 'lampboard.db.one-pbx']);
});

it('[PB4] a limit to the only PBX that is left limits nothing, and one to another stays', () => {
  const limitedTo = (...pbxs: string[]) => JSON.stringify({ pbxs, contexts: ['sales'], departments: [] });
  const limited = (id: number, limits: string) =>
    `INSERT INTO accounts (id, name, name_key, role, extensions, limits, proof, disabled, created_at)
      VALUES (${id}, '${id}', '${id}', 'user', '[]', '${limits}', 'password', 0, 0);`;
  const { folder, idsWith } = site([
    limited(1, limitedTo('paris', 'berlin')),
    limited(2, limitedTo('paris')),
    limited(3, limitedTo()),
  ]);
  idsWith(ONE);
  const database = new Database(join(folder, 'lampboard.db'));
  const rows = z
    .array(z.object({ limits: z.string() }))
    .parse(database.prepare('SELECT limits FROM accounts').all());
  database.close();
  expect(rows.map(({ limits }) => limits)).toEqual([limitedTo(), limitedTo('paris'), limitedTo()]);
});

it('[PB4] a time without the file in between is added to what was there, each id once', () => {
  const { idsWith, run } = site();
  idsWith(TWO);
  idsWith(pbxsOf(''));
  run(`UPDATE accounts SET extensions = '["1101@default","berlin/1101@default","paris/1@x"]';
    UPDATE user_groups SET members = '["berlin/1103@sales","1104@default","1103@sales"]';
    INSERT INTO history_current (extension, at, lamp, seq) VALUES ('1101@default', 9, 'ringing', 1);
    INSERT INTO coverage (since, until) VALUES (1, 9), (5, 9);`);
  expect(idsWith(TWO)).toMatchObject({
    accounts: [['berlin/1101@default', 'paris/1@x']],
    groups: [['berlin/1103@sales', 'berlin/1104@default']],
    current: ['berlin/1101@default ringing'],
    coverage: ['berlin', 'berlin'],
  });
});

it.each([[ACCOUNT], ...RECORDS.map((sql) => [ACCOUNT_WITHOUT_EXTENSIONS, sql])])(
  '[PB4] without original_pbx, several PBXs stop the start after %s %s',
  (...records) => {
    const { folder, idsWith, copies } = site(records);
    const start = () => idsWith(pbxsOf('berlin', 'paris'));
    expect(start).toThrow(StartupError);
    expect(start).toThrow(
      `LAMPBOARD_DATA_DIR: ${join(folder, 'lampboard.db')} has accounts, groups or history of the time with one PBX: add to the file with the PBXs “original_pbx:” and the id of the one that it was, berlin or paris.`,
    );
    expect(() => inspectStore({ folder, isDemo: false }, pbxsOf('berlin', 'paris'))).toThrow(StartupError);
    expect(copies()).toEqual([]);
  },
);

it('[PB4] a store without extensions needs no original_pbx', () => {
  const { idsWith, copies } = site([ACCOUNT_WITHOUT_EXTENSIONS]);
  expect(() => idsWith(pbxsOf('berlin', 'paris'))).not.toThrow();
  expect(copies()).toEqual([]);
});

/** Columns that are known to hold no id of an extension or PBX, or only copies that stay as they were. */
const OTHER_COLUMNS =
  /^(?:audit\.|sessions\.|keys\.|settings\.|clock\.|known_networks\.|templates\.|sqlite_)/u;
const ID_COLUMN = /extension|member|pbx|watched|^preferences$/u;

it('[PB4] every column that is named after extensions or PBXs is renamed with them', () => {
  const { db, close } = openStore({ folder: testFolder(), isDemo: false });
  const rows = db
    .prepare(
      "SELECT m.name || '.' || c.name AS name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    )
    .all();
  close();
  const columns = z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
  const holdsIds = columns.filter(
    (name) => !OTHER_COLUMNS.test(name) && ID_COLUMN.test(name.split('.')[1] ?? ''),
  );
  expect(holdsIds.toSorted()).toEqual([
    'accounts.extensions',
    'accounts.extensions_since',
    'coverage.pbx',
    'directory.extension',
    'edits.extension',
    'edits.pbx',
    'followed_dnd.extension',
    'hints.pbx',
    'history.extension',
    'history_current.extension',
    'past_calls.extension',
    'preferences.preferences',
    'return_times.pbx',
    'user_groups.members',
  ]);
});
