import { chmodSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { StartupError, tryOr } from '../failure.ts';
import { makeDataFolder, makeStoreFile, storeStartupError } from './store-file.ts';
import { MIGRATIONS } from './migrations.ts';
import { pragmaNumber, pragmaValue, transaction } from './transaction.ts';
import { REASON_TEXTS, storeReason } from './store-error.ts';

/** Interval of checking for changes by other processes, such as the command line. */
const CHANGE_POLL_INTERVAL_MS = 250;

const OPEN_BUSY_TIMEOUT_MS = 10_000;

/** “Lamp” (https://sqlite.org/pragma.html#pragma_application_id). */
const APPLICATION_ID = 0x4c616d70;

export type Store = ReturnType<typeof openStore>;

/**
 * Opens and migrates the embedded store, a SQLite file that only its owner can read; the demo PBX has a separate one.
 * Throws a {@link StartupError} if it can't be used; files of other programs are not changed. A locked or full store opens
 * unless it is new or needs a migration.
 */
export function openStore({ folder, isDemo }: { folder: string; isDemo: boolean }) {
  const path = join(folder, isDemo ? 'demo.db' : 'lampboard.db');
  makeDataFolder(folder);
  makeStoreFile(path);
  const db = withStore(path, () => open(path));
  return {
    db,
    /** Calls `onChange` after another process has changed the store; returns what stops that. */
    watch(onChange: () => void): () => void {
      let lastVersion = dataVersion(db);
      const timer = setInterval(() => {
        // A failure is retried at the next interval.
        const version = tryOr(() => dataVersion(db), lastVersion);
        if (version === lastVersion) return;
        lastVersion = version;
        onChange();
      }, CHANGE_POLL_INTERVAL_MS);
      return () => clearInterval(timer);
    },
    /** Size on disk. */
    bytes() {
      const size = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      return size(path) + size(`${path}-wal`);
    },
    close: () => db.close(),
  };
}

/** Throws errors of the store as a {@link StartupError} that names its file. */
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
  if (version < MIGRATIONS.length) {
    if (version > 0) copyBeforeMigration(db, path, version);
    migrate(db);
  }
  if (pragmaValue(db, 'quick_check(1)') !== 'ok')
    throw storeStartupError(path, 'is damaged; restore a copy, or choose another folder');
  return db;
}

/** Returns the version of the store, 0 for a new one; throws if another program or a newer Lampboard created it. */
function versionOf(db: Database.Database, path: string): number {
  const version = pragmaNumber(db, 'user_version');
  const application = pragmaNumber(db, 'application_id');
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const tables = rows.map((raw) => nameRow.parse(raw).name);
  const isNew = version === 0 && tables.length === 0;
  // The first stores have no application id.
  const isOurs =
    application === 0 ? FIRST_TABLES.every((name) => tables.includes(name)) : application === APPLICATION_ID;
  if (!isNew && !isOurs)
    throw storeStartupError(path, 'was created by another program; choose another folder');
  if (version > MIGRATIONS.length)
    throw storeStartupError(path, 'was created by a newer Lampboard; install that, or choose another folder');
  return version;
}

const nameRow = z.object({ name: z.string() });
const FIRST_TABLES = ['accounts', 'sessions', 'edits'];

/** Keeps a copy of an older store beside it; one that exists is left as it is. */
function copyBeforeMigration(db: Database.Database, path: string, version: number): void {
  const copy = `${path}.v${version}`;
  if (existsSync(copy)) return;
  const partial = `${copy}.${process.pid}`;
  try {
    writeFileSync(partial, '', { mode: 0o600 });
    db.prepare('VACUUM INTO ?').run(partial);
    // Another gateway may have migrated the store in between.
    if (pragmaNumber(db, 'user_version') === version) renameSync(partial, copy);
  } finally {
    rmSync(partial, { force: true });
  }
}

function migrate(db: Database.Database): void {
  transaction(db, () => {
    for (const step of MIGRATIONS.slice(pragmaNumber(db, 'user_version'))) db.exec(step);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
    db.pragma(`application_id = ${APPLICATION_ID}`);
  });
}

/** Changes when another connection commits (https://sqlite.org/pragma.html#pragma_data_version). */
const dataVersion = (db: Database.Database) => pragmaNumber(db, 'data_version');
