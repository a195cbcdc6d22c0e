import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTestAuth } from './testing/open-test-auth.ts';
import { cookieName, createSessionCookie } from '../http/session-auth.ts';

const CLIENT = { address: '10.0.0.9', userAgent: 'Firefox' };

function withRita(times: { idleMs?: number; maxMs?: number } = {}) {
  const auth = openTestAuth(times);
  const id = auth.addAccount('rita', { role: 'receptionist' });
  const createRitas = (client = CLIENT) => auth.sessions.create(id, client);
  return { ...auth, rita: { id }, createRitas };
}

it('[SE2] expires without use; a connected client counts as use', () => {
  const { sessions, createRitas, clock } = withRita();
  const token = createRitas();
  clock.now += 50_000;
  const session = sessions.resolve(token);
  expect(session?.account.name).toBe('rita');
  clock.now += 50_000;
  expect(sessions.find(session?.id ?? '')).not.toBeNull();
  clock.now += 60_000;
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] expires after its maximum lifetime despite use', () => {
  const { sessions, createRitas, clock } = withRita({ maxMs: 100_000 });
  const token = createRitas();
  for (let left = 9; left > 0; left--) {
    clock.now += 10_000;
    expect(sessions.resolve(token)).not.toBeNull();
  }
  clock.now += 10_000;
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] a connected client revalidates in time for touching and expiry', () => {
  const { sessions, createRitas, clock } = withRita({ idleMs: 60_000, maxMs: 63_000 });
  const token = createRitas();
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
  const { createRitas, folder, store } = withRita();
  const token = createRitas();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  expect(readFileSync(join(folder, 'lampboard.db')).includes(token)).toBe(false);
});

it('[SE3] lists sessions, marks the current one, and revokes one or all', () => {
  const { sessions, rita, createRitas, addAccount } = withRita();
  const alice = addAccount('alice');
  const [first, second] = [createRitas(), createRitas({ ...CLIENT, userAgent: 'Edge' })];
  const alices = sessions.create(alice, CLIENT);
  const id = sessions.resolve(first)?.id ?? '';
  const listed = sessions.list(rita.id, id);
  expect(listed).toHaveLength(2);
  expect(listed.filter(({ current }) => current)).toMatchObject([{ id, ...CLIENT }]);
  expect(sessions.revoke(alice, id)).toBe(false);
  expect(sessions.revoke(rita.id, id)).toBe(true);
  expect(sessions.resolve(first)).toBeNull();
  expect(sessions.resolve(second)).not.toBeNull();
  sessions.revokeAll(rita.id);
  expect(sessions.resolve(second)).toBeNull();
  expect(sessions.resolve(alices)).not.toBeNull();
});

it('[SE3] ends with the account, or when it is disabled', () => {
  const { sessions, rita, createRitas, accounts } = withRita();
  const token = createRitas();
  accounts.change(rita.id, { role: 'receptionist', extensions: [], disabled: true });
  expect(sessions.resolve(token)).toBeNull();
  accounts.change(rita.id, { role: 'user', extensions: ['1101@default'], disabled: false });
  expect(sessions.resolve(token)?.account).toMatchObject({ role: 'user', extensions: ['1101@default'] });
  accounts.remove(rita.id);
  expect(sessions.resolve(token)).toBeNull();
});

it('[SE2] an account has at most 50 sessions; the least recently used is removed', () => {
  const { sessions, createRitas, clock } = withRita();
  const tokens = Array.from({ length: 52 }, () => {
    clock.now += 1;
    return createRitas();
  });
  const active = tokens.map((token) => sessions.resolve(token) !== null);
  expect(active).toEqual([false, false, ...Array.from({ length: 50 }, () => true)]);
});

it('[SE3] notices changes by another process within a second', async () => {
  const { folder, accounts, onChange, rita } = withRita();
  const changed = new Promise<void>((resolve) => onChange(resolve));
  const other = openTestAuth({ folder });
  other.accounts.change(rita.id, { role: 'user', extensions: [], disabled: false });
  await changed;
  expect(accounts.find('Rita')?.role).toBe('user');
});

it('[ST2] an unreadable store neither ends nor restores sessions', () => {
  const { sessions, rita, createRitas, folder } = withRita();
  const [token, ended] = [createRitas(), createRitas()];
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

function sessionCookie(site: { overTls: boolean; basePath: string }) {
  const name = cookieName({ ...site, store: '0a1b2c3d' });
  return createSessionCookie({ ...site, name, maxAgeMs: 60_000 });
}

it('[SE1] the cookie is inaccessible to scripts, and bound to host and TLS if there is TLS', () => {
  const secure = sessionCookie({ overTls: true, basePath: '/' });
  expect(secure.set('abc')).toBe(
    '__Host-lampboard-0a1b2c3d=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict',
  );
  expect(secure.read('lampboard-0a1b2c3d=forged; __Host-lampboard-0a1b2c3d=abc')).toBe('abc');
  expect(secure.read('lampboard-0a1b2c3d=forged')).toBeUndefined();
  const plain = sessionCookie({ overTls: false, basePath: '/' });
  expect(plain.set('abc')).toBe('lampboard-0a1b2c3d=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
});

it('[SP2] below a path the cookie is sent to that path alone', () => {
  const secure = sessionCookie({ overTls: true, basePath: '/lampboard/' });
  expect(secure.set('abc')).toBe(
    '__Secure-lampboard-0a1b2c3d=abc; Max-Age=60; Path=/lampboard/; HttpOnly; Secure; SameSite=Strict',
  );
  expect(secure.clear()).toContain('; Path=/lampboard/; ');
  expect(secure.read('lampboard-0a1b2c3d=forged')).toBeUndefined();
});
