import { randomBytes } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';

const KEY_BYTES = 32;

const row = z.object({ key: z.instanceof(Buffer) });

/** A random key that the store keeps for a purpose, made when it is first asked for: the same in every process. */
export function keptKey(db: Database.Database, purpose: string): Uint8Array {
  db.prepare('INSERT INTO keys VALUES (?, ?) ON CONFLICT DO NOTHING').run(purpose, randomBytes(KEY_BYTES));
  return row.parse(db.prepare('SELECT key FROM keys WHERE purpose = ?').get(purpose)).key;
}
