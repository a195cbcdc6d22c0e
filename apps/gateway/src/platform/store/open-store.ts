import { chmodSync, statSync } from 'node:fs';
import { ONLY_PBX } from '@lampboard/protocol';
import Database from 'libsql';
import { tryOr } from '../failure.ts';
import { makeDataFolder, makeStoreFile, storeStartupError } from './store-file.ts';
import { type StoredPbx, checkOriginalPbx, hasPbx, renamePbx } from './pbx-ids.ts';
import { saveCopy } from './store-copy.ts';
import { MIGRATIONS } from './migrations.ts';
import { pragmaNumber, pragmaValue, transaction } from './transaction.ts';
import { APPLICATION_ID, storePath, versionOf, withStore } from './store-identity.ts';

/** Interval of checking for changes by other processes, such as the command line. */
const CHANGE_POLL_INTERVAL_MS = 250;

const OPEN_BUSY_TIMEOUT_MS = 10_000;

export type Store = ReturnType<typeof openStore>;

interface StoreOptions {
  readonly folder: string;
  readonly isDemo: boolean;
  /** As configured; the ids of stored extensions follow them. */
  readonly pbxs?: readonly StoredPbx[];
}

/**
 * Opens and migrates the embedded store, a SQLite file that only its owner can read; the demo PBX has a separate one.
 * Throws a {@link StartupError} if it can't be used; files of other programs are not changed. A locked or full store opens
 * unless it is new or needs a migration.
 */
export function openStore({ folder, isDemo, pbxs = [] }: StoreOptions) {
  const path = storePath({ folder, isDemo });
  makeDataFolder(folder);
  makeStoreFile(path);
  const db = withStore(path, () => open(path));
  withStore(path, () => assignPbxs(db, path, pbxs));
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

function open(path: string): Database.Database {
  const db = new Database(path, { timeout: OPEN_BUSY_TIMEOUT_MS });
  const version = versionOf(db, path);
  chmodSync(path, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  if (version < MIGRATIONS.length) {
    // Another gateway may migrate it meanwhile.
    if (version > 0) saveCopy(db, `${path}.v${version}`, () => pragmaNumber(db, 'user_version') === version);
    migrate(db);
  }
  if (pragmaValue(db, 'quick_check(1)') !== 'ok')
    throw storeStartupError(path, 'is damaged; restore a copy, or choose another folder');
  return db;
}

/** Gives stored extensions the ids that they have with these PBXs. */
function assignPbxs(db: Database.Database, path: string, pbxs: readonly StoredPbx[]): void {
  checkOriginalPbx(db, path, pbxs);
  for (const { id, formerId } of pbxs) {
    if (formerId === null || !hasPbx(db, formerId)) continue;
    saveCopy(db, `${path}.${formerId === ONLY_PBX ? 'one-pbx' : formerId}`, () => hasPbx(db, formerId));
    renamePbx(db, formerId, id);
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
