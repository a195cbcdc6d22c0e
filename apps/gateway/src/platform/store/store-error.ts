import Database from 'libsql';

/** Why the store can't be read or written. */
export type StoreReason = 'locked' | 'full' | 'read-only' | 'damaged' | 'failing';

/** Primary result codes (https://sqlite.org/rescode.html). */
const REASONS: ReadonlyMap<number, StoreReason> = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [8, 'read-only'],
  [11, 'damaged'],
  [13, 'full'],
  [26, 'damaged'],
]);
/** ERROR, TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE: errors of the statement, not of the store. */
const STATEMENT_CODES: ReadonlySet<number> = new Set([1, 18, 19, 20, 21, 25]);

export const REASON_TEXTS: Readonly<Record<StoreReason, string>> = {
  locked: 'another program has locked it',
  full: 'the disk is full',
  'read-only': 'it is read-only',
  damaged: 'it is damaged',
  failing: 'its disk fails',
};

/** Returns the reason if the store itself can't be read or written; null for every other error. */
export function storeReason(error: unknown): StoreReason | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const rawCode: unknown = Reflect.get(error, 'rawCode');
  const code = typeof rawCode === 'number' ? rawCode & 0xff : 0;
  return STATEMENT_CODES.has(code) ? null : (REASONS.get(code) ?? 'failing');
}
