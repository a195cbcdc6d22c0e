import { type AccountSettings, ONLY_PBX } from '@lampboard/protocol';
import { onTestFinished } from 'vitest';
import { pino } from 'pino';
import type { Logger } from '../../platform/log.ts';
import { openStore } from '../../platform/store/open-store.ts';
import { createStoreWriter } from '../../platform/store/store-writer.ts';
import { createAuth } from '../auth.ts';
import { testFolder } from '../../platform/testing/test-folder.ts';

interface Options {
  idleMs?: number;
  maxMs?: number;
  publicUrl?: URL | null;
  isPasswordAllowed?: boolean;
  log?: Logger;
  folder?: string;
  clock?: { now: number };
  pbxIds?: readonly string[];
}

/** Opens a store in a temporary folder, with a settable clock. */
export function openTestAuth({
  idleMs = 60_000,
  maxMs = 600_000,
  publicUrl = null,
  isPasswordAllowed = true,
  log = pino({ level: 'silent' }),
  folder = testFolder(),
  clock = { now: 1_000_000 },
  pbxIds = [ONLY_PBX],
}: Options = {}) {
  const session = { idleMs, maxMs };
  const store = openStore({ folder, isDemo: false });
  const { db } = store;
  const writer = createStoreWriter({ db, log });
  const auth = createAuth({
    store,
    writer,
    session,
    publicUrl,
    pageUrl: publicUrl?.href ?? 'http://127.0.0.1:8080/',
    isPasswordAllowed,
    pbxIds,
    now: () => clock.now,
  });
  const close = () => {
    auth.stop();
    writer.stop();
    store.close();
  };
  onTestFinished(close);
  const { accounts, sessions } = auth;
  return {
    ...auth,
    store,
    writer,
    close,
    folder,
    clock,
    /** Returns the id of the new account. */
    addAccount(name: string, settings: Partial<AccountSettings> = {}): number {
      const account = { name, role: 'user', extensions: [], authMethod: 'password', ...settings } as const;
      return accounts.add(account)?.id ?? 0;
    },
    /** Returns the token of a new session. */
    createSession: (name: string, client = { address: '', userAgent: '' }) =>
      sessions.create(accounts.find(name)?.id ?? 0, client),
  };
}
