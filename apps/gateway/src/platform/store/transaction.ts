import type Database from 'libsql';

/**
 * Runs `work` in one transaction, or in the one that is open: all of it is written, or nothing. libsql's own hides why it
 * failed where SQLite has rolled back by itself, as on a full disk.
 */
export function transaction<T>(db: Database.Database, work: () => T): T {
  if (db.inTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A prepared statement that writes, each time in a transaction: libsql leaves one that met a lock half done, and no
 * transaction could be committed after that.
 */
export function prepareWrite(db: Database.Database, sql: string): Pick<Database.Statement, 'run'> {
  const statement = db.prepare(sql);
  return { run: (...values) => transaction(db, () => statement.run(...values)) };
}

/** The first column of what a pragma answers. */
export function pragmaValue(db: Database.Database, name: string): unknown {
  const row: unknown = db.prepare(`PRAGMA ${name}`).get();
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

export const pragmaNumber = (db: Database.Database, name: string): number => Number(pragmaValue(db, name));
