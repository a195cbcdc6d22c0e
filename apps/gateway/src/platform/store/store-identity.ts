import { join } from 'node:path';
import type Database from 'libsql';
import { z } from 'zod';
import { StartupError } from '../failure.ts';
import { MIGRATIONS } from './migrations.ts';
import { REASON_TEXTS, storeReason } from './store-error.ts';
import { storeStartupError } from './store-file.ts';
import { pragmaNumber } from './transaction.ts';

/** Where a store is; the demo PBX has a separate one. */
export interface StoreLocation {
  readonly folder: string;
  readonly isDemo: boolean;
}

export const storePath = ({ folder, isDemo }: StoreLocation) =>
  join(folder, isDemo ? 'demo.db' : 'lampboard.db');

/** “Lamp” (https://sqlite.org/pragma.html#pragma_application_id). */
export const APPLICATION_ID = 0x4c616d70;

/** Whose database it is. `newer`: of a Lampboard after this one. */
type StoreIdentity =
  | { readonly kind: 'empty' | 'newer' | 'foreign' }
  | { readonly kind: 'store'; readonly version: number };

export function identifyStore(db: Database.Database): StoreIdentity {
  const version = pragmaNumber(db, 'user_version');
  const application = pragmaNumber(db, 'application_id');
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const tables = rows.map((raw) => nameRow.parse(raw).name);
  if (version === 0 && tables.length === 0) return { kind: 'empty' };
  // The first stores have no application id.
  const isOurs =
    application === 0 ? FIRST_TABLES.every((name) => tables.includes(name)) : application === APPLICATION_ID;
  if (!isOurs) return { kind: 'foreign' };
  return version > MIGRATIONS.length ? { kind: 'newer' } : { kind: 'store', version };
}

const nameRow = z.object({ name: z.string() });
const FIRST_TABLES = ['accounts', 'sessions', 'edits'];

/** Returns the version of the store, 0 for a new one; throws if another program or a newer Lampboard created it. */
export function versionOf(db: Database.Database, path: string): number {
  const identity = identifyStore(db);
  switch (identity.kind) {
    case 'empty':
      return 0;
    case 'store':
      return identity.version;
    case 'foreign':
      throw storeStartupError(path, 'was created by another program; choose another folder');
    case 'newer':
      throw storeStartupError(
        path,
        'was created by a newer Lampboard; install that, or choose another folder',
      );
  }
}

/** Throws errors of the store as a {@link StartupError} that names its file. */
export function withStore<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const reason = storeReason(error);
    if (error instanceof StartupError || reason === null) throw error;
    throw storeStartupError(path, `can’t be used: ${REASON_TEXTS[reason]}`);
  }
}
