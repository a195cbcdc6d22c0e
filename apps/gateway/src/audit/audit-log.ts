import { createHmac } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';
import { secretKey } from '../platform/store/secret-key.ts';
import { writePreparer, transaction } from '../platform/store/transaction.ts';
import type { CommandHandlers } from '../auth/dispatcher.ts';
import { AUDIT_PAGE_SIZE, type AuditEntry, type AuditEvent, auditEntry } from '@lampboard/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Logger } from '../platform/log.ts';
import { network } from '../platform/network.ts';
import { consumeRateLimit } from '../platform/rate-limit.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';

/** Failures per account or network and seconds, so that nobody can fill the log. */
const FAILURE_LIMIT = { points: 60, duration: 600 };
const RATE_LIMITED_EVENTS: ReadonlySet<AuditEvent> = new Set(['sign-in-refused', 'throttled', 'refused']);

interface AuditDetails {
  /** Null: not signed in, or the command line. */
  readonly actor: { readonly id: number; readonly name: string } | null;
  readonly target?: string | null;
  readonly address?: string | null;
  readonly detail?: string;
}

/** Security events of accounts, sessions and settings: in the store, and in the log with account ids. */
export type AuditLog = ReturnType<typeof createAuditLog>;

interface AuditLogOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The {@link RetentionClock}. */
  retentionNow: () => number;
  retentionMs: number;
  log: Pick<Logger, 'info'>;
}

export function createAuditLog({ db, writer, now, retentionNow, retentionMs, log }: AuditLogOptions) {
  const prepareWrite = writePreparer(db);
  const limiter = new RateLimiterMemory(FAILURE_LIMIT);
  const insert = prepareWrite(
    'INSERT INTO audit (at, event, account_id, by, about, address, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare(
    `SELECT id, at AS timestamp, event, by AS actor, about AS target, address, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ${AUDIT_PAGE_SIZE}`,
  );
  const deleteOld = prepareWrite('DELETE FROM audit WHERE at <= ?');

  function write(
    event: AuditEvent,
    { actor, target = null, address = null, detail = '' }: AuditDetails,
  ): void {
    const timestamp = now();
    log.info({ event, account: actor?.id ?? null, address, detail }, 'audit');
    const values = [actor?.id ?? null, actor?.name ?? null, target, address, detail];
    writer.write('audit', () => void insert.run(timestamp, event, ...values));
  }

  return {
    record(event: AuditEvent, details: AuditDetails) {
      if (!RATE_LIMITED_EVENTS.has(event)) return write(event, details);
      const key = details.actor === null ? network(details.address ?? '') : String(details.actor.id);
      void consumeRateLimit(limiter, key).then((retryAfter) => retryAfter === null && write(event, details));
    },
    /** Returns up to {@link AUDIT_PAGE_SIZE} entries before this id, the newest first. */
    list: (beforeId: number | null): AuditEntry[] =>
      select.all(beforeId ?? Number.MAX_SAFE_INTEGER).map((raw) => auditEntry.parse(raw)),
    purgeExpired: () =>
      void writer.write('retention', () => void deleteOld.run(retentionNow() - retentionMs), 'audit'),
  };
}

export function createAuditCommands({ audit }: { audit: Pick<AuditLog, 'list'> }) {
  return {
    'list-audit': ({ beforeId }) => ({ ok: true, value: audit.list(beforeId) }),
  } satisfies Partial<CommandHandlers>;
}

const rows = z.array(z.object({ name: z.string(), fingerprint: z.string() }));

interface AuditSettingsOptions {
  db: Database.Database;
  settings: ReadonlyMap<string, string>;
  audit: AuditLog;
}

/** Records the names of settings that changed since the last start; the store has fingerprints of their values. */
export function auditSettings({ db, settings, audit }: AuditSettingsOptions): void {
  const key = secretKey(db, 'settings');
  const fingerprintOf = (value: string) => createHmac('sha256', key).update(value).digest('base64');
  const current = new Map([...settings].map(([name, value]) => [name, fingerprintOf(value)]));
  const stored = rows.parse(db.prepare('SELECT name, fingerprint FROM settings').all());
  const previous = new Map(stored.map(({ name, fingerprint }) => [name, fingerprint]));
  const changed = [...new Set([...previous.keys(), ...current.keys()])]
    .filter((name) => previous.get(name) !== current.get(name))
    .toSorted();
  if (changed.length === 0) return;
  transaction(db, () => {
    db.exec('DELETE FROM settings');
    const insert = writePreparer(db)('INSERT INTO settings VALUES (?, ?)');
    for (const [name, fingerprint] of current) insert.run(name, fingerprint);
  });
  if (previous.size === 0) return;
  audit.record('settings-changed', { actor: null, detail: changed.join(' ') });
}
