import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openAuth } from './auth.ts';
import { openTestAuth } from './testing/open-test-auth.ts';
import { cookieName, createSessionCookie } from '../http/session-auth.ts';

const CLIENT = { address: '10.0.0.9', userAgent: 'Firefox' };

function withRita(times: { idleMs?: number; maxMs?: number } = {}) {
  const auth = openTestAuth(times);
  const rita = auth.accounts.add({
    name: 'rita',
    role: 'receptionist',
    extensions: [],
    authMethod: 'password',
  });
  if (rita === null) throw new Error('rita is there already');
  return { ...auth, rita };
}

it('[SE2] expires without use; a connected client counts as use', () => {
  const { sessions, rita, clock } = withRita();
  const token = sessions.create(rita.id, CLIENT);
  clock.now += 50_000;
  const session = sessions.resolve(token);
  expect(session?.account.name).toBe('rita');
  clock.now += 50_000;
  expect(sessions.find(session?.id ?? '')).not.toBeNull();
  clock.now += 60_000;
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] expires after its maximum lifetime despite use', () => {
  const { sessions, rita, clock } = withRita({ maxMs: 100_000 });
  const token = sessions.create(rita.id, CLIENT);
  for (let left = 9; left > 0; left--) {
    clock.now += 10_000;
    expect(sessions.resolve(token)).not.toBeNull();
  }
  clock.now += 10_000;
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] a connected client revalidates in time for touching and expiry', () => {
  const { sessions, rita, clock } = withRita({ idleMs: 60_000, maxMs: 63_000 });
  const token = sessions.create(rita.id, CLIENT);
  for (let id = sessions.resolve(token)?.id ?? ''; clock.now < 1_063_000;) {
    const session = sessions.find(id);
    expect(session).not.toBeNull();
    id = session?.id ?? '';
    clock.now = session?.revalidateAt ?? Infinity;
  }
  expect(clock.now).toBe(1_063_000);
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE1] stores only the hash of a token', () => {
  const { sessions, rita, folder, store } = withRita();
  const token = sessions.create(rita.id, CLIENT);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  expect(readFileSync(join(folder, 'lampboard.db')).includes(token)).toBe(false);
});

it('[SE3] lists sessions, marks the current one, and revokes one or all', () => {
  const { sessions, rita, accounts } = withRita();
  const other = accounts.add({ name: 'alice', role: 'user', extensions: [], authMethod: 'password' });
  const [first, second] = [
    sessions.create(rita.id, CLIENT),
    sessions.create(rita.id, { ...CLIENT, userAgent: 'Edge' }),
  ];
  const alices = sessions.create(other?.id ?? 0, CLIENT);
  const mine = sessions.resolve(first);
  const listedSessions = sessions.list(rita.id, mine?.id ?? '');
  expect(listedSessions).toHaveLength(2);
  expect(listedSessions.filter(({ current }) => current)).toMatchObject([{ id: mine?.id, ...CLIENT }]);
  expect(sessions.revoke(other?.id ?? 0, mine?.id ?? '')).toBe(false);
  expect(sessions.revoke(rita.id, mine?.id ?? '')).toBe(true);
  expect(sessions.resolve(first)).toBeNull();
  expect(sessions.resolve(second)).not.toBeNull();
  sessions.revokeAll(rita.id);
  expect(sessions.resolve(second)).toBeNull();
  expect(sessions.resolve(alices)).not.toBeNull();
});

it('[SE3] ends with the account, or when it is disabled', () => {
  const { sessions, rita, accounts } = withRita();
  const token = sessions.create(rita.id, CLIENT);
  accounts.change(rita.id, { role: 'receptionist', extensions: [], disabled: true });
  expect(sessions.resolve(token)).toBeNull();
  accounts.change(rita.id, { role: 'user', extensions: ['1101@default'], disabled: false });
  expect(sessions.resolve(token)?.account).toMatchObject({ role: 'user', extensions: ['1101@default'] });
  accounts.remove(rita.id);
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] an account has at most 50 sessions; the least recently used is removed', () => {
  const { sessions, rita, clock } = withRita();
  const tokens = Array.from({ length: 52 }, () => {
    clock.now += 1;
    return sessions.create(rita.id, CLIENT);
  });
  expect(tokens.map((token) => sessions.resolve(token) !== null)).toEqual([
    false,
    false,
    ...Array.from({ length: 50 }, () => true),
  ]);
});

it('[SE3] notices changes by another process within a second', async () => {
  const { folder, accounts, onChange, rita } = withRita();
  const changed = new Promise<void>((resolve) => onChange(resolve));
  const other = openAuth({
    folder,
    isDemo: false,
    session: { idleMs: 1, maxMs: 1 },
    publicUrl: null,
    now: Date.now,
    log: pino({ level: 'silent' }),
  });
  other.accounts.change(rita.id, { role: 'user', extensions: [], disabled: false });
  other.close();
  await changed;
  expect(accounts.find('Rita')?.role).toBe('user');
});

it('[ST2] an unreadable store neither ends nor restores sessions', () => {
  const { sessions, rita, folder } = withRita();
  const [token, ended] = [sessions.create(rita.id, CLIENT), sessions.create(rita.id, CLIENT)];
  const id = sessions.resolve(token)?.id ?? '';
  sessions.revoke(rita.id, sessions.resolve(ended)?.id ?? '');
  for (const name of ['lampboard.db', 'lampboard.db-wal', 'lampboard.db-shm']) {
    const file = join(folder, name);
    writeFileSync(file, Buffer.alloc(statSync(file).size, 'garbage'), { flag: 'r+' });
  }
  expect(() => sessions.list(rita.id, '')).toThrow(/malformed|not a database/);
  expect(sessions.find(id)?.account.name).toBe('rita');
  expect(sessions.resolve(token)?.id).toBe(id);
  expect(sessions.resolve(ended)).toBeNull();
});

it('[SE1] the cookie is inaccessible to scripts, and bound to host and TLS if there is TLS', () => {
  const cookie = (overTls: boolean) =>
    createSessionCookie({ name: cookieName({ overTls, store: '0a1b2c3d' }), overTls, maxAgeMs: 60_000 });
  const secure = cookie(true);
  expect(secure.set('abc')).toBe(
    '__Host-lampboard-0a1b2c3d=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
  );
  expect(secure.read('lampboard-0a1b2c3d=forged; __Host-lampboard-0a1b2c3d=abc')).toBe('abc');
  expect(secure.read('lampboard-0a1b2c3d=forged')).toBeUndefined();
  const plain = cookie(false);
  expect(plain.set('abc')).toBe('lampboard-0a1b2c3d=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
});
