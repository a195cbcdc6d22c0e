import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { makeDataFolder } from './data-folder.ts';
import { MIGRATIONS } from './migrations.ts';

/** How often it is looked for what another process, such as the command line, has changed. */
const WATCH_MS = 250;

/** Milliseconds that a write waits for another process; nothing else happens meanwhile. */
const BUSY_MS = 500;

export interface Store {
  readonly db: Database.Database;
  /** Calls `onChange` soon after another process has changed something; returns what ends that. */
  watch(onChange: () => void): () => void;
  /** What it takes on disk, in bytes. */
  bytes(): number;
  close(): void;
}

/**
 * Opens the embedded store, a SQLite file that only its owner can read, and brings it up to date. The demo PBX has one
 * of its own: whoever plays with the demonstration makes no account for the real board. Throws where the folder can't
 * be written, or the store is of a newer Lampboard.
 */
export function openStore({ folder, isDemo }: { folder: string; isDemo: boolean }): Store {
  makeDataFolder(folder);
  const path = join(folder, isDemo ? 'demo.db' : 'lampboard.db');
  const db = new Database(path);
  chmodSync(path, 0o600);
  db.pragma(`busy_timeout = ${BUSY_MS}`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  migrate(db);

  return {
    db,
    watch(onChange) {
      let seen = dataVersion(db);
      const timer = setInterval(() => {
        try {
          const now = dataVersion(db);
          if (now === seen) return;
          seen = now;
        } catch {
          // Asked again in a moment.
          return;
        }
        onChange();
      }, WATCH_MS);
      return () => clearInterval(timer);
    },
    bytes: () =>
      [path, `${path}-wal`].reduce(
        (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
        0,
      ),
    close: () => db.close(),
  };
}

function migrate(db: Database.Database): void {
  db.transaction(() => {
    const version = pragmaNumber(db, 'user_version');
    if (version > MIGRATIONS.length) throw new Error('the store was made by a newer Lampboard');
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

/** Changes whenever another connection has committed (https://sqlite.org/pragma.html#pragma_data_version). */
const dataVersion = (db: Database.Database) => pragmaNumber(db, 'data_version');

function pragmaNumber(db: Database.Database, name: string): number {
  const row: unknown = db.pragma(name, { simple: true });
  if (typeof row === 'object' && row !== null)
    return Number(Object.entries(row).find(([key]) => key === name)?.[1]);
  return Number(row);
}
