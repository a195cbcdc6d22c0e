import { createHash, randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type Database from 'libsql';
import { z } from 'zod';
import { writePreparer } from './transaction.ts';

const KEY_BYTES = 32;

const row = z.object({ key: z.instanceof(Buffer) });

/** Returns the stored random key for a purpose, created at first use; the same in every process. */
export function secretKey(db: Database.Database, purpose: string): Uint8Array {
  const select = db.prepare('SELECT key FROM keys WHERE purpose = ?');
  if (select.get(purpose) === undefined)
    writePreparer(db)('INSERT INTO keys VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      purpose,
      randomBytes(KEY_BYTES),
    );
  return row.parse(select.get(purpose)).key;
}

const ID_LENGTH = 8;

/** Returns eight hexadecimal digits: the same for all gateways that share the store, different for a copy elsewhere. */
export function storeId(db: Database.Database, folder: string): string {
  const hash = createHash('sha256').update(secretKey(db, 'store identity')).update(realpathSync(folder));
  return hash.digest('hex').slice(0, ID_LENGTH);
}
