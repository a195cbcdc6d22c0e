import type { CommandHandlers } from '../auth/dispatcher.ts';
import { AUDIT_PAGE_SIZE, type AuditEntry, type AuditEvent, auditEntry } from '@lampboard/protocol';
import type Database from 'libsql';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Logger } from '../platform/log.ts';
import { network } from '../platform/network.ts';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import { prepareWrite } from '../platform/store/transaction.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';

/** What anybody can bring about is told so often of one account or network, in seconds: nobody fills the log. */
const FAILURE_LIMIT = { points: 60, duration: 600 };
const RATE_LIMITED_EVENTS: ReadonlySet<AuditEvent> = new Set(['sign-in-refused', 'throttled', 'refused']);

export interface AuditDetails {
  /** Null: nobody signed in, or the command line. */
  readonly actor: { readonly id: number; readonly name: string } | null;
  readonly target?: string | null;
  readonly address?: string | null;
  readonly detail?: string;
}

/** Who did what to accounts, sessions and settings, and who was refused; in the store, and in the log with account ids. */
export interface AuditLog {
  record(event: AuditEvent, details: AuditDetails): void;
  /** The newest first, at most {@link AUDIT_PAGE}; before the entry of this id, or from the end. */
  list(beforeId: number | null): AuditEntry[];
  /** Removes what is kept for long enough. */
  purgeExpired(): void;
}

export function createAuditLog({
  db,
  writer,
  now,
  retentionNow,
  retentionMs,
  log,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The same, by a clock that what is kept can be trusted to. */
  retentionNow: () => number;
  retentionMs: number;
  log: Pick<Logger, 'info'>;
}): AuditLog {
  const limiter = new RateLimiterMemory(FAILURE_LIMIT);
  const insert = prepareWrite(
    db,
    'INSERT INTO audit (at, event, account_id, by, about, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare(
    `SELECT id, at AS timestamp, event, by AS actor, about AS target, address, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ${AUDIT_PAGE_SIZE}`,
  );
  const deleteOld = prepareWrite(db, 'DELETE FROM audit WHERE at <= ?');

  function write(
    event: AuditEvent,
    { actor, target = null, address = null, detail = '' }: AuditDetails,
  ): void {
    const timestamp = now();
    log.info({ event, account: actor?.id ?? null, address, detail }, 'audit');
    writer.write(
      'audit',
      () =>
        void insert.run(timestamp, event, actor?.id ?? null, actor?.name ?? null, target, address, detail),
    );
  }

  return {
    record(event, details) {
      if (!RATE_LIMITED_EVENTS.has(event)) return write(event, details);
      const key = details.actor === null ? network(details.address ?? '') : String(details.actor.id);
      void consumeRateLimit(limiter, key).then((retryAfter) => retryAfter === null && write(event, details));
    },
    list: (beforeId) => select.all(beforeId ?? Number.MAX_SAFE_INTEGER).map((raw) => auditEntry.parse(raw)),
    purgeExpired: () =>
      void writer.write('retention', () => void deleteOld.run(retentionNow() - retentionMs), 'audit'),
  };
}

export function createAuditCommands({
  audit,
}: {
  audit: Pick<AuditLog, 'list'>;
}): Pick<CommandHandlers, 'list-audit'> {
  return { 'list-audit': ({ beforeId: beforeId }) => ({ ok: true, value: audit.list(beforeId) }) };
}
