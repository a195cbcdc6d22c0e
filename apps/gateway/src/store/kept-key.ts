import { randomBytes } from 'node:crypto';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from './transaction.ts';

const KEY_BYTES = 32;

const row = z.object({ key: z.instanceof(Buffer) });

/** A random key that the store keeps for a purpose, made when it is first asked for: the same in every process. */
export function keptKey(db: Database.Database, purpose: string): Uint8Array {
  const select = db.prepare('SELECT key FROM keys WHERE purpose = ?');
  if (select.get(purpose) === undefined)
    prepareWrite(db, 'INSERT INTO keys VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      purpose,
      randomBytes(KEY_BYTES),
    );
  return row.parse(select.get(purpose)).key;
}
