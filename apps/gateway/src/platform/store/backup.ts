import { accessSync, constants, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'libsql';
import { StartupError } from '../failure.ts';
import { readErrorText } from '../text-file.ts';
import { copyStore, copyStoreFiles, moveStoreFiles, partialName, removeStoreFiles } from './store-copy.ts';
import { REASON_TEXTS, type StoreReason, storeReason } from './store-error.ts';
import { makeDataFolder, writeErrorText } from './store-file.ts';
import { type StoreLocation, identifyStore, storePath } from './store-identity.ts';
import { pragmaValue } from './transaction.ts';

const BUSY_TIMEOUT_MS = 5000;
/** A gateway holds its lock for as long as it runs. */
const IN_USE_TIMEOUT_MS = 500;

/** `message` is one line that says what happened, and what was left as it was. */
type StoreResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

const failed = (message: string) => ({ ok: false, message }) as const;

/** Reasons that concern the copy, not the store. */
const REASONS_OF_COPY: ReadonlySet<StoreReason> = new Set(['full', 'read-only', 'failing']);

/** Copies the store, consistent and readable by its owner only, while a gateway may use it. Resolves to its bytes. */
export function backupStore(location: StoreLocation, copy: string): StoreResult<number> {
  const path = storePath(location);
  const failure = (file: string, problem: string) => failed(`${file} ${problem}. No copy was made.`);
  if (!existsSync(path)) return failure(path, 'does not exist');
  if (existsSync(copy)) return failure(copy, 'exists already; choose another name');
  try {
    const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    const { kind } = identifyStore(db);
    if (kind !== 'store') return failure(path, KIND_TEXTS[kind]);
    copyStore(db, copy);
    return { ok: true, value: statSync(copy).size };
  } catch (error) {
    const reason = storeReason(error);
    if (reason === null) return failure(copy, writeErrorText(error));
    return failure(REASONS_OF_COPY.has(reason) ? copy : path, `can’t be used: ${REASON_TEXTS[reason]}`);
  }
}

const KIND_TEXTS = {
  empty: 'is empty',
  foreign: 'was created by another program',
  newer: 'was created by a newer Lampboard; install that first',
} as const;

interface Restored {
  /** The store that was there before; null if there was none. */
  readonly replaced: string | null;
}

/**
 * Replaces the store with a copy of `file`, which is verified first and left as it is. The replaced store is kept beside
 * it. Fails while another process uses the store. Where that can't be known, as of a damaged store, `isServing` decides:
 * whether a gateway runs.
 */
export function restoreStore(
  location: StoreLocation,
  file: string,
  { now, isServing }: { now: number; isServing: boolean },
): StoreResult<Restored> {
  const path = storePath(location);
  const next = partialName(path);
  const replaced = `${path}.replaced-${new Date(now).toISOString().slice(0, -1).replaceAll(':', '-')}`;
  const failure = (problem: string) => failed(`${problem}. Nothing was changed.`);
  try {
    makeDataFolder(location.folder);
    const problem = copyVerified(file, next);
    if (problem !== null) return failure(`${file} ${problem}`);
    const isReplaced = existsSync(path);
    const lock = isReplaced ? lockUnused(path) : UNKNOWN;
    if (lock.usage === 'used' || (lock.usage === 'unknown' && isServing))
      return failure(
        `${path} is in use: stop Lampboard first, for example with \`systemctl stop lampboard\``,
      );
    // What is left of an index of the log, which is empty.
    if (lock.usage === 'unused') rmSync(`${path}-shm`, { force: true });
    moveStoreFiles(path, replaced);
    try {
      renameSync(next, path);
    } catch (error) {
      moveStoreFiles(replaced, path);
      throw error;
    }
    lock.release();
    return { ok: true, value: { replaced: isReplaced ? replaced : null } };
  } catch (error) {
    if (error instanceof StartupError) return failed(error.message);
    return failure(`${path} ${writeErrorText(error)}`);
  } finally {
    removeStoreFiles(next);
  }
}

interface StoreLock {
  /** `unknown`: there is no store, or it is too damaged to be locked. */
  readonly usage: 'used' | 'unused' | 'unknown';
  release(): void;
}

const UNKNOWN: StoreLock = { usage: 'unknown', release() {} };

/** Locks the store, with all that belongs to it in its one file. A process that has it open, even idle, prevents that. */
function lockUnused(path: string): StoreLock {
  // Prepared statements would keep it open after `close`.
  const db = new Database(path, { timeout: IN_USE_TIMEOUT_MS });
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; COMMIT');
    return { usage: 'unused', release: () => db.close() };
  } catch (error) {
    db.close();
    const reason = storeReason(error);
    if (reason === null) throw error;
    return reason === 'locked' ? { ...UNKNOWN, usage: 'used' } : UNKNOWN;
  }
}

/** Copies a store from `file` and checks the copy; returns what is wrong with it, else null. */
function copyVerified(file: string, copy: string): string | null {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    return readErrorText(error);
  }
  if (!statSync(file).isFile()) return 'is not a file';
  copyStoreFiles(file, copy);
  try {
    const db = new Database(copy, { timeout: BUSY_TIMEOUT_MS });
    // Includes what is in the log beside it.
    db.exec('PRAGMA journal_mode = DELETE');
    const { kind } = identifyStore(db);
    if (kind !== 'store') return KIND_TEXTS[kind];
    return pragmaValue(db, 'integrity_check(1)') === 'ok' ? null : 'is damaged';
  } catch (error) {
    const reason = storeReason(error);
    if (reason === null) throw error;
    return reason === 'damaged'
      ? 'is not a Lampboard store, or is damaged'
      : `can’t be read: ${REASON_TEXTS[reason]}`;
  }
}
