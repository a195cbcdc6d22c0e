import { createHmac } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';
import { secretKey } from '../platform/store/secret-key.ts';
import { prepareWrite, transaction } from '../platform/store/transaction.ts';
import type { AuditLog } from './audit-log.ts';

const row = z.object({ name: z.string(), fingerprint: z.string() });

/** Records which settings are others than at the last start, by their names: their values may be secret. */
export function auditSettings({
  db,
  settings,
  audit,
}: {
  db: Database.Database;
  /** By name. */
  settings: ReadonlyMap<string, string>;
  audit: AuditLog;
}): void {
  const key = secretKey(db, 'settings');
  const fingerprintOf = (value: string) => createHmac('sha256', key).update(value).digest('base64');
  const current = new Map([...settings].map(([name, value]) => [name, fingerprintOf(value)]));
  const previous = new Map(
    db
      .prepare('SELECT name, fingerprint FROM settings')
      .all()
      .map((raw) => row.parse(raw))
      .map(({ name, fingerprint }) => [name, fingerprint]),
  );
  const changed = [...new Set([...previous.keys(), ...current.keys()])]
    .filter((name) => previous.get(name) !== current.get(name))
    .toSorted();
  if (changed.length === 0) return;
  transaction(db, () => {
    db.exec('DELETE FROM settings');
    const insert = prepareWrite(db, 'INSERT INTO settings VALUES (?, ?)');
    for (const [name, fingerprint] of current) insert.run(name, fingerprint);
  });
  // At the first start nothing was before.
  if (previous.size === 0) return;
  audit.record('settings-changed', { actor: null, detail: changed.join(' ') });
}
