import { createAccountAdmin } from './account-admin.ts';
import { createAccounts } from './accounts.ts';
import { createPasswords } from './passwords.ts';
import { createSessions } from './sessions.ts';
import type { Logger } from '../platform/log.ts';
import { openStore } from '../platform/store/open-store.ts';
import { createStoreWriter } from '../platform/store/store-writer.ts';

/** Accounts, sessions and their store. */
export type Auth = ReturnType<typeof openAuth>;

interface AuthOptions {
  folder: string;
  isDemo: boolean;
  session: { readonly idleMs: number; readonly maxMs: number };
  /** Passwords must not consist of its parts. */
  publicUrl: URL | null;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Logger;
  /** Time that a write waits for another program. */
  busyTimeoutMs?: number;
}

/** Throws if the data folder can't be used. */
export function openAuth({ folder, isDemo, session, publicUrl, now, log, busyTimeoutMs }: AuthOptions) {
  const store = openStore({ folder, isDemo });
  const { db } = store;
  const writer = createStoreWriter({ db, log, ...(busyTimeoutMs !== undefined && { busyTimeoutMs }) });
  const listeners: (() => void)[] = [];
  const notify = coalesce(() => {
    for (const listener of listeners) listener();
  });
  const accounts = createAccounts({ db, now, onChange: notify });
  const sessions = createSessions({ db, writer, now, ...session, onChange: notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const stopWatching = store.watch(notify);

  return {
    store,
    writer,
    accounts,
    sessions,
    passwords,
    admin: createAccountAdmin({ db, accounts, sessions, passwords }),
    /** Calls back after changes that may affect sessions, made by this or another process. */
    onChange: (listener: () => void) => void listeners.push(listener),
    close() {
      stopWatching();
      writer.stop();
      store.close();
    },
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
