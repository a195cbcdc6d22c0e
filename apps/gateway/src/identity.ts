import { type AccountAdmin, createAccountAdmin } from './accounts/account-admin.ts';
import { type Accounts, createAccounts } from './accounts/accounts.ts';
import { createPasswords, type Passwords } from './accounts/passwords.ts';
import { type Sessions, createSessions } from './sessions/sessions.ts';
import { createSignal } from './signal.ts';
import { type Store, openStore } from './store/open-store.ts';

/** Everything that is known about people: their accounts, and who is signed in. */
export interface Identity {
  readonly store: Store;
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
}: {
  folder: string;
  isDemo: boolean;
  session: { readonly idleMs: number; readonly maxMs: number };
  /** What people type to come here; its words are no passwords. */
  publicUrl: URL | null;
  /** Milliseconds since 1970. */
  now: () => number;
}): Identity {
  const store = openStore({ folder, isDemo });
  const changes = createSignal();
  const accounts = createAccounts({ db: store.db, now, onChange: changes.notify });
  const sessions = createSessions({ db: store.db, now, ...session, onChange: changes.notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const unwatch = store.watch(changes.notify);

  return {
    store,
    accounts,
    sessions,
    passwords,
    admin: createAccountAdmin({ accounts, sessions, passwords }),
    onChange: changes.subscribe,
    close() {
      unwatch();
      store.close();
    },
  };
}
