import type Database from 'libsql';

/** The first column of what a pragma answers. */
export function pragmaValue(db: Database.Database, name: string): unknown {
  const row: unknown = db.prepare(`PRAGMA ${name}`).get();
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
}

export const pragmaNumber = (db: Database.Database, name: string): number => Number(pragmaValue(db, name));
