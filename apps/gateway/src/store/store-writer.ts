import type { Failure } from '@lampboard/protocol';
import type Database from 'libsql';
import type { Logger } from '../log.ts';
import { refuse } from '../refuse.ts';
import { pragmaNumber } from './pragma.ts';
import { REASON_TEXTS, type StoreReason, storeReason } from './store-error.ts';
import { transaction } from './transaction.ts';
import { LOSSES, type WriteCounts, type WriteKind, noCounts } from './write-kinds.ts';

/** Writes of one kind that wait at most; further ones are lost. */
const MAX_WAITING = 1000;
const BUSY_MS = 100;
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
  refusal(error: unknown): Failure | null;
  counts(): WriteCounts;
  /** Tries once more what waits. */
  stop(): void;
}

interface Waiting {
  readonly kind: WriteKind;
  readonly write: () => void;
}

export function createStoreWriter({
  db,
  log,
  busyMs = BUSY_MS,
}: {
  db: Database.Database;
  log: Logger;
  /** Milliseconds that a write waits for another program, while the event loop stands still. */
  busyMs?: number;
}): StoreWriter {
  const counts = noCounts();
  /** Kinds whose last attempt failed, and why; null where the store was not the reason. */
  const failing = new Map<WriteKind, StoreReason | null>();
  /** Kinds of which something was lost since they fail. */
  const losing = new Set<WriteKind>();
  const queue = new Map<string | symbol, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let retryMs = MIN_RETRY_MS;
  wait(busyMs);

  function wait(ms: number): void {
    db.pragma(`busy_timeout = ${ms}`);
  }

  const isDown = () => [...failing.values()].some((reason) => reason !== null);

  /** Null where it was written. */
  function tryOnce({ kind, write }: Waiting): { readonly reason: StoreReason | null } | null {
    try {
      transaction(db, write);
    } catch (error) {
      failed(kind, error);
      return { reason: storeReason(error) };
    }
    recovered(kind);
    return null;
  }

  function failed(kind: WriteKind, error: unknown): void {
    counts[kind].failed += 1;
    const reason = storeReason(error);
    if (!failing.has(kind)) {
      const why = reason ?? (error instanceof Error ? error.message : 'unknown');
      log.warn({ kind, reason: why }, 'the store can not be written');
    }
    failing.set(kind, reason);
    if (reason === null) return;
    // Nobody waits for a lock again and again.
    wait(0);
    timer ??= setTimeout(retry, retryMs);
  }

  function recovered(kind: WriteKind): void {
    losing.delete(kind);
    if (!failing.delete(kind)) return;
    log.info({ kind }, 'the store is written again');
    if (!isDown()) wait(busyMs);
  }

  function lose(kind: WriteKind): void {
    counts[kind].lost += 1;
    if (!losing.has(kind)) log.warn({ kind, lost: LOSSES[kind] }, 'a write to the store is given up');
    losing.add(kind);
  }

  function remove(key: string | symbol): void {
    const waiting = queue.get(key);
    if (waiting !== undefined && queue.delete(key)) counts[waiting.kind].waiting -= 1;
  }

  function retry(): void {
    timer = undefined;
    const isWritten = flush(MAX_BATCH) && (queue.size > 0 || probe());
    retryMs = isWritten ? MIN_RETRY_MS : Math.min(2 * retryMs, MAX_RETRY_MS);
    if (queue.size > 0 || isDown()) timer ??= setTimeout(retry, isWritten ? 0 : retryMs);
  }

  /** False where the store takes nothing. */
  function flush(most: number): boolean {
    for (const [key, waiting] of [...queue].slice(0, most)) {
      const failure = tryOnce(waiting);
      if (failure !== null && failure.reason !== null) return false;
      remove(key);
      if (failure !== null) lose(waiting.kind);
    }
    return true;
  }

  /** Commands are not tried again: nothing else tells when they could be. False where the store takes nothing. */
  function probe(): boolean {
    if (!isDown()) return true;
    try {
      // SQLite writes this page whether the number differs or not.
      transaction(db, () => db.pragma(`user_version = ${pragmaNumber(db, 'user_version')}`));
    } catch {
      return false;
    }
    for (const [kind, reason] of failing) if (reason !== null) recovered(kind);
    return true;
  }

  return {
    attempt(kind, write, key) {
      const isWritten = tryOnce({ kind, write }) === null;
      if (isWritten && key !== undefined) remove(key);
      return isWritten;
    },
    write(kind, write, key) {
      const waiting = { kind, write };
      if (key !== undefined) remove(key);
      if (queue.size === 0) {
        const failure = tryOnce(waiting);
        if (failure === null) return true;
        if (failure.reason === null) {
          lose(kind);
          return false;
        }
      }
      if (counts[kind].waiting >= MAX_WAITING) lose(kind);
      else {
        queue.set(key ?? Symbol(kind), waiting);
        counts[kind].waiting += 1;
      }
      return false;
    },
    refusal(error) {
      const reason = storeReason(error);
      if (reason === null) return null;
      failed('commands', error);
      return refuse(
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
      for (const { kind } of queue.values()) lose(kind);
      queue.clear();
    },
  };
}
