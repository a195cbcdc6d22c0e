import type { Failure } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Logger } from '../log.ts';
import { failure } from '../failure.ts';
import { pragmaNumber, transaction } from './transaction.ts';
import { REASON_TEXTS, type StoreReason, storeReason } from './store-error.ts';

/** The consequence of a lost write, by kind. */
const LOSS_TEXTS = {
  edits: 'presence changes are missing from the change history',
  audit: 'entries are missing from the audit log; the log has them',
  'return-times': 'cleared return times may apply again after a restart',
  dnd: 'presences that follow do not disturb may stay as they are',
  history: 'lamps and presences of that time are missing from the history',
  calls: 'calls that ended are missing from the history',
  directory: 'the directory page shows older hints and names',
  sessions: 'sessions expire as if they had not been used',
  retention: 'expired data is removed later',
  commands: 'nothing: each command failed',
} as const;
type WriteKind = keyof typeof LOSS_TEXTS;
const isWriteKind = (kind: string): kind is WriteKind => Object.hasOwn(LOSS_TEXTS, kind);
export const WRITE_KINDS: readonly WriteKind[] = Object.keys(LOSS_TEXTS).filter(isWriteKind);

interface Counts {
  /** Pending writes. */
  waiting: number;
  /** Attempts that failed. */
  failed: number;
  /** Writes that were dropped. */
  lost: number;
}
type WriteCounts = Readonly<Record<WriteKind, Readonly<Counts>>>;

function zeroCounts(): Record<WriteKind, Counts> {
  const zero = (): Counts => ({ waiting: 0, failed: 0, lost: 0 });
  const frequent = { edits: zero(), audit: zero(), 'return-times': zero(), dnd: zero(), directory: zero() };
  return {
    ...frequent,
    history: zero(),
    calls: zero(),
    sessions: zero(),
    retention: zero(),
    commands: zero(),
  };
}

/** Pending writes of one kind; further ones are lost. */
const MAX_PENDING = 1000;
const BUSY_TIMEOUT_MS = 100;
const MIN_RETRY_MS = 100;
const MAX_RETRY_MS = 2000;
/** Writes per turn of the event loop. */
const MAX_BATCH = 50;

/** Writes to the store without blocking: failed writes are retried, at most {@link MAX_RETRY_MS} apart. */
export type StoreWriter = ReturnType<typeof createStoreWriter>;

interface PendingWrite {
  readonly kind: WriteKind;
  readonly write: () => void;
}

interface StoreWriterOptions {
  db: Database.Database;
  log: Logger;
  /** Time that a write waits for another program, which blocks the event loop. */
  busyTimeoutMs?: number;
}

export function createStoreWriter({ db, log, busyTimeoutMs = BUSY_TIMEOUT_MS }: StoreWriterOptions) {
  const counts = zeroCounts();
  /** Kinds whose last attempt failed, with the reason; null: not caused by the store. */
  const failingKinds = new Map<WriteKind, StoreReason | null>();
  /** Failing kinds with lost writes. */
  const losingKinds = new Set<WriteKind>();
  const queue = new Map<string | symbol, PendingWrite>();
  let timer: NodeJS.Timeout | undefined;
  let retryMs = MIN_RETRY_MS;
  setBusyTimeout(busyTimeoutMs);

  function setBusyTimeout(ms: number): void {
    db.pragma(`busy_timeout = ${ms}`);
  }

  const isUnavailable = () => [...failingKinds.values()].some((reason) => reason !== null);

  /** Returns null on success. */
  function tryWrite({ kind, write }: PendingWrite): { readonly reason: StoreReason | null } | null {
    try {
      transaction(db, write);
    } catch (error) {
      recordFailure(kind, error);
      return { reason: storeReason(error) };
    }
    recordRecovery(kind);
    return null;
  }

  function recordFailure(kind: WriteKind, error: unknown): void {
    counts[kind].failed += 1;
    const reason = storeReason(error);
    if (!failingKinds.has(kind)) {
      const reasonText = reason ?? (error instanceof Error ? error.message : 'unknown');
      log.warn({ kind, reason: reasonText }, 'store write failed');
    }
    failingKinds.set(kind, reason);
    if (reason === null) return;
    // Waiting for the lock at every write would block the event loop.
    setBusyTimeout(0);
    timer ??= setTimeout(retry, retryMs);
  }

  function recordRecovery(kind: WriteKind): void {
    losingKinds.delete(kind);
    if (!failingKinds.delete(kind)) return;
    log.info({ kind }, 'store writes recovered');
    if (!isUnavailable()) setBusyTimeout(busyTimeoutMs);
  }

  function drop(kind: WriteKind): void {
    counts[kind].lost += 1;
    if (!losingKinds.has(kind)) log.warn({ kind, lost: LOSS_TEXTS[kind] }, 'store write lost');
    losingKinds.add(kind);
  }

  function remove(key: string | symbol): void {
    const pending = queue.get(key);
    if (pending !== undefined && queue.delete(key)) counts[pending.kind].waiting -= 1;
  }

  function retry(): void {
    timer = undefined;
    const isWritten = flush(MAX_BATCH) && (queue.size > 0 || probe());
    retryMs = isWritten ? MIN_RETRY_MS : Math.min(2 * retryMs, MAX_RETRY_MS);
    if (queue.size > 0 || isUnavailable()) timer ??= setTimeout(retry, isWritten ? 0 : retryMs);
  }

  /** Returns false if the store can't be written. */
  function flush(limit: number): boolean {
    for (const [key, pending] of [...queue].slice(0, limit)) {
      const writeFailure = tryWrite(pending);
      if (writeFailure !== null && writeFailure.reason !== null) return false;
      remove(key);
      if (writeFailure !== null) drop(pending.kind);
    }
    return true;
  }

  /** Commands are not retried, so a test write finds out whether they would succeed. */
  function probe(): boolean {
    if (!isUnavailable()) return true;
    try {
      // SQLite writes this page even if the number is the same.
      transaction(db, () => db.pragma(`user_version = ${pragmaNumber(db, 'user_version')}`));
    } catch {
      return false;
    }
    for (const [kind, reason] of failingKinds) if (reason !== null) recordRecovery(kind);
    return true;
  }

  return {
    /** Writes now, in a transaction, or not at all; returns false if it failed. Cancels a pending write of the same `key`. */
    attempt(kind: WriteKind, write: () => void, key?: string) {
      const isWritten = tryWrite({ kind, write }) === null;
      if (isWritten && key !== undefined) remove(key);
      return isWritten;
    },
    /** Writes now or later, in order, of one `key` only the last; returns false if the write is pending or lost. */
    write(kind: WriteKind, write: () => void, key?: string) {
      const pending = { kind, write };
      if (key !== undefined) remove(key);
      if (queue.size === 0) {
        const writeFailure = tryWrite(pending);
        if (writeFailure === null) return true;
        if (writeFailure.reason === null) {
          drop(kind);
          return false;
        }
      }
      if (counts[kind].waiting >= MAX_PENDING) drop(kind);
      else {
        queue.set(key ?? Symbol(kind), pending);
        counts[kind].waiting += 1;
      }
      return false;
    },
    /** Returns the failure of a command if the store is its cause, else null. */
    toFailure(error: unknown): Failure | null {
      const reason = storeReason(error);
      if (reason === null) return null;
      recordFailure('commands', error);
      return failure(
        'store-unavailable',
        `Lampboard can’t use its database: ${REASON_TEXTS[reason]}. Nothing was changed. Try again; if this persists, tell your administrator.`,
      );
    },
    counts: (): WriteCounts => counts,
    /** Tries the pending writes once more. */
    stop() {
      clearTimeout(timer);
      timer = undefined;
      flush(queue.size);
      clearTimeout(timer);
      for (const { kind } of queue.values()) drop(kind);
      queue.clear();
    },
  };
}
