import { AUDIT_PAGE, type AuditEntry, type AuditEvent, auditEntry } from '@lampboard/protocol';
import type Database from 'libsql';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Logger } from '../log.ts';
import { network } from '../network.ts';
import { secondsToWait } from '../seconds-to-wait.ts';
import { prepareWrite } from '../store/transaction.ts';
import type { StoreWriter } from '../store/store-writer.ts';

/** What anybody can bring about is told so often of one account or network, in seconds: nobody fills the log. */
const REFUSALS = { points: 60, duration: 600 };
const OF_ANYBODY: ReadonlySet<AuditEvent> = new Set(['sign-in-refused', 'throttled', 'refused']);

export interface AuditedAct {
  /** Null: nobody signed in, or the command line. */
  readonly by: { readonly id: number; readonly name: string } | null;
  readonly about?: string | null;
  readonly address?: string | null;
  readonly detail?: string;
}

/** Who did what to accounts, sessions and settings, and who was refused; in the store, and in the log with account ids. */
export interface AuditLog {
  record(event: AuditEvent, act: AuditedAct): void;
  /** The newest first, at most {@link AUDIT_PAGE}; before the entry of this id, or from the end. */
  list(before: number | null): AuditEntry[];
  /** Removes what is kept for long enough. */
  sweep(): void;
}

export function createAuditLog({
  db,
  writer,
  now,
  retentionNow,
  keepMs,
  log,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The same, by a clock that what is kept can be trusted to. */
  retentionNow: () => number;
  keepMs: number;
  log: Pick<Logger, 'info'>;
}): AuditLog {
  const limiter = new RateLimiterMemory(REFUSALS);
  const insert = prepareWrite(
    db,
    'INSERT INTO audit (at, event, account_id, by, about, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare(
    `SELECT id, at, event, by, about, address, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ${AUDIT_PAGE}`,
  );
  const deleteOld = prepareWrite(db, 'DELETE FROM audit WHERE at <= ?');

  function write(event: AuditEvent, { by, about = null, address = null, detail = '' }: AuditedAct): void {
    const at = now();
    log.info({ event, account: by?.id ?? null, address, detail }, 'audit');
    writer.write(
      'audit',
      () => void insert.run(at, event, by?.id ?? null, by?.name ?? null, about, address, detail),
    );
  }

  return {
    record(event, act) {
      if (!OF_ANYBODY.has(event)) return write(event, act);
      const who = act.by === null ? network(act.address ?? '') : String(act.by.id);
      void secondsToWait(limiter, who).then((wait) => wait === null && write(event, act));
    },
    list: (before) => select.all(before ?? Number.MAX_SAFE_INTEGER).map((raw) => auditEntry.parse(raw)),
    sweep: () => void writer.write('retention', () => void deleteOld.run(retentionNow() - keepMs), 'audit'),
  };
}
