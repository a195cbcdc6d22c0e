import { ONLY_PBX, extensionId } from '@lampboard/protocol';
import type Database from 'libsql';
import { storeStartupError } from './store-file.ts';
import { transaction } from './transaction.ts';

/** A PBX as configured; `formerId` is the id that the store may have it by. Ids consist of a to z, 0 to 9 and hyphens. */
export interface StoredPbx {
  readonly id: string;
  readonly formerId: string | null;
}

/** Columns with the id of an extension, by table. */
const EXTENSION_COLUMNS = {
  directory: 'extension',
  edits: 'extension',
  followed_dnd: 'extension',
  history: 'extension',
  history_current: 'extension',
  past_calls: 'extension',
};
/** Columns with a JSON list of such ids. */
const LIST_COLUMNS = { accounts: 'extensions', user_groups: 'members' };
/** Tables with the id of a PBX in `pbx`. */
const PBX_TABLES = ['edits', 'return_times', 'coverage', 'hints'];

/** Returns whether the store has extensions, or records, of this PBX. */
export function hasPbx(db: Database.Database, pbxId: string): boolean {
  const { matches } = idSql(pbxId);
  // Not in the history, which is long and follows `history_current`.
  const inColumns = (['directory', 'edits', 'followed_dnd', 'history_current', 'past_calls'] as const).map(
    (table) => `SELECT 1 FROM ${table} WHERE ${matches(EXTENSION_COLUMNS[table])}`,
  );
  const inLists = Object.entries(LIST_COLUMNS).map(
    ([table, column]) => `SELECT 1 FROM ${table}, json_each(${column}) WHERE ${matches('value')}`,
  );
  const inTables = PBX_TABLES.map((table) => `SELECT 1 FROM ${table} WHERE pbx = '${pbxId}'`);
  const inPreferences = `SELECT 1 FROM preferences, json_each(preferences, '$.watchedExtensions') WHERE ${matches('value')}`;
  const all = [...inTables, ...inLists, inPreferences, limitedTo(pbxId), ...inColumns].join(' UNION ALL ');
  return db.prepare(`${all} LIMIT 1`).get() !== undefined;
}

/** Throws where it is unknown to which of several PBXs the extensions of a store with one belong. */
export function checkOriginalPbx(db: Database.Database, path: string, pbxs: readonly StoredPbx[]): void {
  const isAssigned = pbxs.some(({ id, formerId }) => formerId === ONLY_PBX || hasPbx(db, id));
  if (pbxs.length < 2 || isAssigned || !hasPbx(db, ONLY_PBX)) return;
  const ids = pbxs.map(({ id }) => id).join(' or ');
  throw storeStartupError(
    path,
    `has accounts, groups or history of the time with one PBX: add to the file with the PBXs “original_pbx:” and the id of the one that it was, ${ids}`,
  );
}

/** Gives a PBX, and each extension of it, another id in the whole store. The audit log stays as it was written. */
export function renamePbx(db: Database.Database, from: string, to: string): void {
  const { matches, withoutPrefix } = idSql(from);
  const renamed = (id: string) => `'${prefixOf(to)}' || ${withoutPrefix(id)}`;
  const anyRenamed = (id: string) => `CASE WHEN ${matches(id)} THEN ${renamed(id)} ELSE ${id} END`;
  // An id that is there twice then counts once, at its first place.
  const list = (each: string) =>
    `(SELECT json_group_array(id) FROM
      (SELECT ${anyRenamed('value')} AS id FROM ${each} GROUP BY 1 ORDER BY min(key)))`;
  transaction(db, () => {
    for (const table of PBX_TABLES)
      db.exec(`UPDATE OR REPLACE ${table} SET pbx = '${to}' WHERE pbx = '${from}'`);
    for (const [table, column] of Object.entries(EXTENSION_COLUMNS))
      db.exec(`UPDATE OR REPLACE ${table} SET ${column} = ${renamed(column)} WHERE ${matches(column)}`);
    for (const [table, column] of Object.entries(LIST_COLUMNS))
      db.exec(`UPDATE ${table} SET ${column} = ${list(`json_each(${column})`)}`);
    db.exec(`UPDATE accounts SET extensions_since =
      (SELECT json_group_object(${anyRenamed('key')}, value) FROM json_each(extensions_since))`);
    // A limit to the only PBX limits nothing.
    if (to === ONLY_PBX)
      db.exec(
        `UPDATE accounts SET limits = json_set(limits, '$.pbxs', json('[]')) WHERE id IN (${limitedTo(from)})`,
      );
    db.exec(`UPDATE directory SET fields = json_set(fields, '$.deputy', ${anyRenamed("fields ->> '$.deputy'")})
      WHERE json_type(fields, '$.deputy') = 'text'`);
    db.exec(`UPDATE past_calls SET party = json_set(party, '$.extension', ${anyRenamed("party ->> '$.extension'")})
      WHERE json_type(party, '$.extension') = 'text'`);
    db.exec(`UPDATE preferences SET preferences = json_set(preferences, '$.watchedExtensions',
      json(${list("json_each(preferences, '$.watchedExtensions')")}))
      WHERE json_type(preferences, '$.watchedExtensions') = 'array'`);
  });
}

/** Returns SQL for the ids of the accounts with limits to this PBX, among others. */
const limitedTo = (pbxId: string) =>
  `SELECT accounts.id FROM accounts, json_each(limits, '$.pbxs') WHERE value = '${pbxId}'`;

const prefixOf = (pbxId: string) => extensionId('', '', pbxId).slice(0, -1);

/** SQL over an expression with the id of an extension. Without a prefix it belongs to the only PBX. */
function idSql(pbxId: string) {
  const prefix = prefixOf(pbxId);
  return {
    matches: (id: string) =>
      pbxId === ONLY_PBX ? `instr(${id}, '/') = 0` : `substr(${id}, 1, ${prefix.length}) = '${prefix}'`,
    withoutPrefix: (id: string) => `substr(${id}, ${prefix.length + 1})`,
  };
}
