import { ONLY_PBX } from '@lampboard/protocol';
import { createAccountAdmin } from './account-admin.ts';
import { createAccounts } from './accounts.ts';
import { createInvitationStore } from './invitations.ts';
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
  /** Where invitations lead to; ends with a slash. */
  pageUrl: string;
  isPasswordAllowed: boolean;
  pbxIds?: readonly string[];
  /** Milliseconds since 1970. */
  now: () => number;
}

export function createAuth(options: AuthOptions) {
  const { store, writer, session, publicUrl, pageUrl, isPasswordAllowed, now } = options;
  const { pbxIds = [ONLY_PBX] } = options;
  const { db, watch } = store;
  const listeners: (() => void)[] = [];
  const notify = coalesce(() => {
    for (const listener of listeners) listener();
  });
  const accounts = createAccounts({ db, now, onChange: notify });
  const sessions = createSessions({ db, writer, now, ...session, onChange: notify });
  const passwords = createPasswords({ siteWords: publicUrl?.hostname.split(/[.-]/) ?? [] });
  const invitations = createInvitationStore({ db, now });
  const shared = { db, accounts, sessions, passwords, invitations };
  const stopWatching = watch(notify);

  return {
    accounts,
    sessions,
    passwords,
    invitations,
    admin: createAccountAdmin({ ...shared, pageUrl, isPasswordAllowed, pbxIds }),
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
