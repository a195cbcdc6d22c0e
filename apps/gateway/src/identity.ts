import { type AccountAdmin, createAccountAdmin } from './accounts/account-admin.ts';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { createPasswords, type Passwords } from './accounts/passwords.ts';
import { type Sessions, createSessions } from './sessions/sessions.ts';
import { createSignal } from './signal.ts';
import type { Logger } from './log.ts';
import { type Store, openStore } from './store/open-store.ts';
import { type StoreWriter, createStoreWriter } from './store/store-writer.ts';

/** Everything that is known about people: their accounts, and who is signed in. */
export interface Identity {
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
export function openIdentity({
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
}): Identity {
  const store = openStore({ folder, isDemo });
  const writer = createStoreWriter({ db: store.db, log, ...(busyMs !== undefined && { busyMs }) });
  const changes = createSignal();
  const accounts = createAccounts({ db: store.db, now, onChange: changes.notify });
  const sessions = createSessions({ db: store.db, writer, now, ...session, onChange: changes.notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const unwatch = store.watch(changes.notify);

  return {
    store,
    writer,
    accounts,
    sessions,
    passwords,
    admin: createAccountAdmin({ db: store.db, accounts, sessions, passwords }),
    onChange: changes.subscribe,
    close() {
      unwatch();
      writer.stop();
      store.close();
    },
  };
}
