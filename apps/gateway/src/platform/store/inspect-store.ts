import { existsSync, statSync, statfsSync } from 'node:fs';
import Database from 'libsql';
import { z } from 'zod';
import { checkCreatable, makeDataFolder, makeStoreFile, storeStartupError } from './store-file.ts';
import { MIGRATIONS } from './migrations.ts';
import { type StoredPbx, checkOriginalPbx } from './pbx-ids.ts';
import { type StoreLocation, storePath, versionOf, withStore } from './store-identity.ts';
import { pragmaValue } from './transaction.ts';

const BUSY_TIMEOUT_MS = 2000;

interface StoreReport {
  readonly path: string;
  readonly bytes: number;
  readonly version: number;
  /** The version that a start migrates it to. */
  readonly currentVersion: number;
  /** Its owner's user id. */
  readonly owner: number;
  /** False where that can't be known, in a store that is not migrated. */
  readonly hasAccounts: boolean;
  /** When a gateway last recorded its time; null where none did. */
  readonly lastRunAt: number | null;
}

/**
 * Checks an existing store as a start does and in full, without changing it; null if there is none, and nothing is created.
 * Throws a {@link StartupError} if it can't be used or created, or not be written for two seconds.
 */
export function inspectStore(location: StoreLocation, pbxs: readonly StoredPbx[]): StoreReport | null {
  const path = storePath(location);
  if (existsSync(location.folder)) makeDataFolder(location.folder);
  if (!existsSync(path)) {
    checkCreatable(path);
    return null;
  }
  makeStoreFile(path);
  return withStore(path, () => {
    const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    const version = versionOf(db, path);
    if (pragmaValue(db, 'integrity_check(1)') !== 'ok')
      throw storeStartupError(path, 'is damaged; restore a copy, or choose another folder');
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    const { size, uid } = statSync(path);
    const isCurrent = version === MIGRATIONS.length;
    if (isCurrent) checkOriginalPbx(db, path, pbxs);
    return {
      path,
      bytes: size,
      version,
      currentVersion: MIGRATIONS.length,
      owner: uid,
      hasAccounts: isCurrent && db.prepare('SELECT 1 FROM accounts LIMIT 1').get() !== undefined,
      lastRunAt: isCurrent ? lastRunAt(db) : null,
    };
  });
}

const clockRow = z.object({ seenAt: z.number() });

function lastRunAt(db: Database.Database): number | null {
  const row = db.prepare('SELECT seen_at AS seenAt FROM clock').get();
  return row === undefined ? null : clockRow.parse(row).seenAt;
}

/** Bytes that this user may still write where the folder is, or will be. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
