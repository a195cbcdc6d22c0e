import { createHmac } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';
import { keptKey } from '../store/kept-key.ts';
import { prepareWrite, transaction } from '../store/transaction.ts';
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
  const key = keptKey(db, 'settings');
  const fingerprintOf = (value: string) => createHmac('sha256', key).update(value).digest('base64');
  const now = new Map([...settings].map(([name, value]) => [name, fingerprintOf(value)]));
  const before = new Map(
    db
      .prepare('SELECT name, fingerprint FROM settings')
      .all()
      .map((raw) => row.parse(raw))
      .map(({ name, fingerprint }) => [name, fingerprint]),
  );
  const changed = [...new Set([...before.keys(), ...now.keys()])]
    .filter((name) => before.get(name) !== now.get(name))
    .toSorted();
  if (changed.length === 0) return;
  transaction(db, () => {
    db.exec('DELETE FROM settings');
    const insert = prepareWrite(db, 'INSERT INTO settings VALUES (?, ?)');
    for (const [name, fingerprint] of now) insert.run(name, fingerprint);
  });
  // At the first start nothing was before.
  if (before.size === 0) return;
  audit.record('settings-changed', { by: null, detail: changed.join(' ') });
}
