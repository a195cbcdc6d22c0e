import type Database from 'libsql';

/** Runs `work` in the open or a new transaction. libsql's own hides the cause if SQLite rolled back, as on a full disk. */
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

/** Prepares statements that run in a transaction: libsql does not reset one that met a lock, which blocks commits. */
export function writePreparer(db: Database.Database): (sql: string) => Pick<Database.Statement, 'run'> {
  return (sql) => {
    const statement = db.prepare(sql);
    return { run: (...values) => transaction(db, () => statement.run(...values)) };
  };
}

/** Returns the first column of a pragma's result. */
export function pragmaValue(db: Database.Database, name: string): unknown {
  const row: unknown = db.prepare(`PRAGMA ${name}`).get();
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

export const pragmaNumber = (db: Database.Database, name: string): number => Number(pragmaValue(db, name));
