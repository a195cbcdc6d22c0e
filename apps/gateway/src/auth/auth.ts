import { type AccountAdmin, createAccountAdmin } from './account-admin.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { type Sessions, createSessions } from './sessions.ts';
import { createCoalescedEmitter } from '../platform/coalesced-emitter.ts';
import type { Logger } from '../platform/log.ts';
import { type Store, openStore } from '../platform/store/open-store.ts';
import { type StoreWriter, createStoreWriter } from '../platform/store/store-writer.ts';

/** Everything that is known about people: their accounts, and who is signed in. */
export interface Auth {
  readonly store: Store;
  readonly writer: StoreWriter;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly admin: AccountAdmin;
  /** Calls back after a change that may bear on somebody who is signed in, made here or by another process. */
  onChange(listener: () => void): void;
  close(): void;
}

/** Opens it all; throws where the data folder can't be used. */
export function openAuth({
  folder,
  isDemo,
  session,
  publicUrl,
  now,
  log,
  busyMs,
}: {
  folder: string;
  isDemo: boolean;
  session: { readonly idleMs: number; readonly maxMs: number };
  /** What people type to come here; its words are no passwords. */
  publicUrl: URL | null;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Logger;
  /** Milliseconds that a write waits for another program. */
  busyMs?: number;
}): Auth {
  const store = openStore({ folder, isDemo });
  const writer = createStoreWriter({ db: store.db, log, ...(busyMs !== undefined && { busyMs }) });
  const changes = createCoalescedEmitter();
  const accounts = createAccounts({ db: store.db, now, onChange: changes.notify });
  const sessions = createSessions({ db: store.db, writer, now, ...session, onChange: changes.notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const stopWatching = store.watch(changes.notify);

  return {
    store,
    writer,
    accounts,
    sessions,
    passwords,
    admin: createAccountAdmin({ db: store.db, accounts, sessions, passwords }),
    onChange: changes.subscribe,
    close() {
      stopWatching();
      writer.stop();
      store.close();
    },
  };
}
