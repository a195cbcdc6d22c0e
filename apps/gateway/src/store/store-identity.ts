import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type Database from 'libsql';
import { keptKey } from './kept-key.ts';

const LENGTH = 8;

/**
 * Eight hexadecimal digits that stand for a store: the same for all gateways that share it, and others for any other
 * store, a copy in another folder among them.
 */
export function storeIdentity(db: Database.Database, folder: string): string {
  const hash = createHash('sha256').update(keptKey(db, 'store identity')).update(realpathSync(folder));
  return hash.digest('hex').slice(0, LENGTH);
}
