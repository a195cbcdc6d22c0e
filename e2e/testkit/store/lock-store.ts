import { join } from 'node:path';
import Database from 'libsql';

/** The database of a data folder, as another program opens it. */
export function openStoreFile(data: string, name = 'lampboard.db'): Database.Database {
  return new Database(join(data, name), { timeout: 5000 });
}

/** Locks the store of a data folder against all writing, from this process; returns what lets go of it. */
export function lockStore(data: string): () => void {
  const db = openStoreFile(data);
  db.exec('BEGIN EXCLUSIVE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}
