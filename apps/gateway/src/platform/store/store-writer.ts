import type { Failure } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Logger } from '../log.ts';
import { failure } from '../failure.ts';
import { pragmaNumber, transaction } from './transaction.ts';
import { REASON_TEXTS, type StoreReason, storeReason } from './store-error.ts';

/** What is written, with what is lost where it never is. */
const LOSS_TEXTS = {
  edits: 'edits are missing from the list of edits',
  audit: 'entries are missing from the audit log; the log has them',
  'return-times': 'return times that were taken back may count again after a restart',
  history: 'lamps and presences of that time are unknown in the history',
  sessions: 'sessions run out as if they had not been used',
  retention: 'what has run out is removed later',
  commands: 'nothing: each of these was refused',
} as const;
type WriteKind = keyof typeof LOSS_TEXTS;
export const WRITE_KINDS: readonly WriteKind[] = Object.keys(LOSS_TEXTS).filter(isWriteKind);

interface Counts {
  /** Writes that wait now. */
  waiting: number;
  /** Attempts that failed, and writes that were given up, so far. */
  failed: number;
  lost: number;
}
type WriteCounts = Readonly<Record<WriteKind, Readonly<Counts>>>;

function zeroCounts(): Record<WriteKind, Counts> {
  const zero = (): Counts => ({ waiting: 0, failed: 0, lost: 0 });
  return {
    edits: zero(),
    audit: zero(),
    'return-times': zero(),
    history: zero(),
    sessions: zero(),
    retention: zero(),
    commands: zero(),
  };
}

function isWriteKind(kind: string): kind is WriteKind {
  return Object.hasOwn(LOSS_TEXTS, kind);
}

/** Writes of one kind that wait at most; further ones are lost. */
const MAX_PENDING = 1000;
const BUSY_TIMEOUT_MS = 100;
const MIN_RETRY_MS = 100;
const MAX_RETRY_MS = 2000;
/** Writes in one turn of the event loop. */
const MAX_BATCH = 50;

/**
 * Everything that is written to the store passes here, but for what commands write by themselves. A store that is locked,
 * full or failing costs no time: it is tried again by a timer, with a back-off of up to {@link MAX_RETRY_MS}.
 */
export interface StoreWriter {
  /** Writes at once, in a transaction, or not at all; false where it could not. What waits under the same `key` is void. */
  attempt(kind: WriteKind, write: () => void, key?: string): boolean;
  /** Writes at once, or later in the order of the calls, of one `key` only the last; false where it waits, or is lost. */
  write(kind: WriteKind, write: () => void, key?: string): boolean;
  /** The answer to a command that failed since the store can't be read or written; null where that is not the reason. */
  toFailure(error: unknown): Failure | null;
  counts(): WriteCounts;
  /** Tries once more what waits. */
  stop(): void;
}

interface PendingWrite {
  readonly kind: WriteKind;
  readonly write: () => void;
}

export function createStoreWriter({
  db,
  log,
  busyMs = BUSY_TIMEOUT_MS,
}: {
  db: Database.Database;
  log: Logger;
  /** Milliseconds that a write waits for another program, while the event loop stands still. */
  busyMs?: number;
}): StoreWriter {
  const counts = zeroCounts();
  /** Kinds whose last attempt failed, and why; null where the store was not the reason. */
  const failingKinds = new Map<WriteKind, StoreReason | null>();
  /** Kinds of which something was lost since they fail. */
  const losingKinds = new Set<WriteKind>();
  const queue = new Map<string | symbol, PendingWrite>();
  let timer: NodeJS.Timeout | undefined;
  let retryMs = MIN_RETRY_MS;
  setBusyTimeout(busyMs);

  function setBusyTimeout(ms: number): void {
    db.pragma(`busy_timeout = ${ms}`);
  }

  const isUnavailable = () => [...failingKinds.values()].some((reason) => reason !== null);

  /** Null where it was written. */
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
      log.warn({ kind, reason: reasonText }, 'the store can not be written');
    }
    failingKinds.set(kind, reason);
    if (reason === null) return;
    // Nobody waits for a lock again and again.
    setBusyTimeout(0);
    timer ??= setTimeout(retry, retryMs);
  }

  function recordRecovery(kind: WriteKind): void {
    losingKinds.delete(kind);
    if (!failingKinds.delete(kind)) return;
    log.info({ kind }, 'the store is written again');
    if (!isUnavailable()) setBusyTimeout(busyMs);
  }

  function drop(kind: WriteKind): void {
    counts[kind].lost += 1;
    if (!losingKinds.has(kind))
      log.warn({ kind, lost: LOSS_TEXTS[kind] }, 'a write to the store is given up');
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

  /** False where the store takes nothing. */
  function flush(limit: number): boolean {
    for (const [key, pending] of [...queue].slice(0, limit)) {
      const writeFailure = tryWrite(pending);
      if (writeFailure !== null && writeFailure.reason !== null) return false;
      remove(key);
      if (writeFailure !== null) drop(pending.kind);
    }
    return true;
  }

  /** Commands are not tried again: nothing else tells when they could be. False where the store takes nothing. */
  function probe(): boolean {
    if (!isUnavailable()) return true;
    try {
      // SQLite writes this page whether the number differs or not.
      transaction(db, () => db.pragma(`user_version = ${pragmaNumber(db, 'user_version')}`));
    } catch {
      return false;
    }
    for (const [kind, reason] of failingKinds) if (reason !== null) recordRecovery(kind);
    return true;
  }

  return {
    attempt(kind, write, key) {
      const isWritten = tryWrite({ kind, write }) === null;
      if (isWritten && key !== undefined) remove(key);
      return isWritten;
    },
    write(kind, write, key) {
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
    toFailure(error) {
      const reason = storeReason(error);
      if (reason === null) return null;
      recordFailure('commands', error);
      return failure(
        'store-unavailable',
        `Lampboard can’t use its store: ${REASON_TEXTS[reason]}. Nothing was changed; try again, and tell your administrator if it stays so.`,
      );
    },
    counts: () => counts,
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
