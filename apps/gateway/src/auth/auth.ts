import { createAccountAdmin } from './account-admin.ts';
import { createAccounts } from './accounts.ts';
import { createPasswords } from './passwords.ts';
import { createSessions } from './sessions.ts';
import type { Store } from '../platform/store/open-store.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';

/** Accounts and sessions. */
export type Auth = ReturnType<typeof createAuth>;

interface AuthOptions {
  store: Pick<Store, 'db' | 'watch'>;
  writer: StoreWriter;
  session: { readonly idleMs: number; readonly maxMs: number };
  /** Passwords must not consist of its parts. */
  publicUrl: URL | null;
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createAuth({ store: { db, watch }, writer, session, publicUrl, now }: AuthOptions) {
  const listeners: (() => void)[] = [];
  const notify = coalesce(() => {
    for (const listener of listeners) listener();
  });
  const accounts = createAccounts({ db, now, onChange: notify });
  const sessions = createSessions({ db, writer, now, ...session, onChange: notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const stopWatching = watch(notify);

  return {
    accounts,
    sessions,
    passwords,
    admin: createAccountAdmin({ db, accounts, sessions, passwords }),
    /** Calls back after changes that may affect sessions, made by this or another process. */
    onChange: (listener: () => void) => void listeners.push(listener),
    stop: stopWatching,
  };
}

/** Returns `run`, called once for all calls in one turn of the event loop, after responses in progress are sent. */
function coalesce(run: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      run();
    });
  };
}
