import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { StartupError } from '../failure.ts';
import { makeDataFolder, makeStoreFile, storeStartupError } from './store-file.ts';
import { MIGRATIONS } from './migrations.ts';
import { pragmaNumber, pragmaValue, transaction } from './transaction.ts';
import { REASON_TEXTS, storeReason } from './store-error.ts';

/** How often it is looked for what another process, such as the command line, has changed. */
const CHANGE_POLL_INTERVAL_MS = 250;

/** Milliseconds that opening waits for another process; nothing is served before. */
const OPEN_BUSY_TIMEOUT_MS = 10_000;

/** Tells a store of Lampboard's from other programs' (https://sqlite.org/pragma.html#pragma_application_id): “Lamp”. */
const APPLICATION_ID = 0x4c616d70;

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
 * of its own: whoever plays with the demonstration makes no account for the real board. Throws a StartFault where it
 * can't be used, and leaves what another program made as it was. A store that is locked or full is opened all the same,
 * unless it is new or of an older Lampboard.
 */
export function openStore({ folder, isDemo }: { folder: string; isDemo: boolean }): Store {
  const path = join(folder, isDemo ? 'demo.db' : 'lampboard.db');
  makeDataFolder(folder);
  makeStoreFile(path);
  const db = withStore(path, () => open(path));
  return {
    db,
    watch(onChange) {
      let lastVersion = dataVersion(db);
      const timer = setInterval(() => {
        try {
          const now = dataVersion(db);
          if (now === lastVersion) return;
          lastVersion = now;
        } catch {
          // Asked again in a moment.
          return;
        }
        onChange();
      }, CHANGE_POLL_INTERVAL_MS);
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

/** Runs what needs the store; where that fails, throws a StartFault that names its file. */
function withStore<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const reason = storeReason(error);
    if (error instanceof StartupError || reason === null) throw error;
    throw storeStartupError(path, `can’t be used: ${REASON_TEXTS[reason]}`);
  }
}

function open(path: string): Database.Database {
  const db = new Database(path, { timeout: OPEN_BUSY_TIMEOUT_MS });
  const version = versionOf(db, path);
  chmodSync(path, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  if (version < MIGRATIONS.length) migrate(db);
  if (pragmaValue(db, 'quick_check(1)') !== 'ok')
    throw storeStartupError(path, 'is damaged; restore a copy, or choose another folder');
  return db;
}

/** The version of the store, 0 for a new one; throws where it is another program's, or a newer Lampboard's. */
function versionOf(db: Database.Database, path: string): number {
  const version = pragmaNumber(db, 'user_version');
  const application = pragmaNumber(db, 'application_id');
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((raw) => nameRow.parse(raw).name);
  const isNew = version === 0 && tables.length === 0;
  // At first, stores bore no application id.
  const isOurs =
    application === 0 ? FIRST_TABLES.every((name) => tables.includes(name)) : application === APPLICATION_ID;
  if (!isNew && !isOurs) throw storeStartupError(path, 'was made by another program; choose another folder');
  if (version > MIGRATIONS.length)
    throw storeStartupError(path, 'was made by a newer Lampboard; install that, or choose another folder');
  return version;
}

const nameRow = z.object({ name: z.string() });
const FIRST_TABLES = ['accounts', 'sessions', 'edits'];

function migrate(db: Database.Database): void {
  transaction(db, () => {
    for (const step of MIGRATIONS.slice(pragmaNumber(db, 'user_version'))) db.exec(step);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
    db.pragma(`application_id = ${APPLICATION_ID}`);
  });
}

/** Changes whenever another connection has committed (https://sqlite.org/pragma.html#pragma_data_version). */
const dataVersion = (db: Database.Database) => pragmaNumber(db, 'data_version');
