import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredAccount } from './stored-account.ts';
import { expect, it } from 'vitest';
import { createInvitationSignIn } from './invitation-sign-in.ts';
import { createLoginLimiter } from './login-limiter.ts';
import { createSignIn } from './sign-in.ts';
import { openTestAuth } from './testing/open-test-auth.ts';

const PASSWORD = 'a horse for a kingdom';
const DAY_MS = 86_400_000;
const settings = { role: 'user' as const, extensions: ['1101@default'], disabled: false };
const INVALID = { ok: false, code: 'invalid-invitation' };
const ADDRESS = '10.0.0.1';

function openInvitations(options: Parameters<typeof openTestAuth>[0] = {}) {
  const auth = openTestAuth(options);
  const { admin, accounts, passwords, store } = auth;
  const loginLimiter = createLoginLimiter();
  const shared = { accounts, passwords, loginLimiter, isPasswordAllowed: options.isPasswordAllowed ?? true };
  const invitationSignIn = createInvitationSignIn({ ...auth, ...shared, db: store.db });
  const signIn = createSignIn({
    ...shared,
    isDemo: false,
    singleSignOn: null,
    isFirstAdminNeeded: () => false,
  });
  const add = (names: readonly string[], days: 14 | 1 = 14) =>
    admin.addInvited({ accounts: names.map((name) => ({ name, settings })), days });
  const tokensOf = (result: ReturnType<typeof add>) =>
    result.ok ? result.value.links.map(({ url }) => new URL(url).hash.slice(1)) : [];
  const accept = (token: string, password = PASSWORD) =>
    invitationSignIn.accept({ token, password, address: ADDRESS }, ({ name }: StoredAccount) => name);
  return {
    ...auth,
    add,
    tokensOf,
    accept,
    invite: (name: string) => tokensOf(admin.invite({ accounts: [name], days: 14 }))[0] ?? '',
    addOne: (name: string) => tokensOf(add([name]))[0] ?? '',
    check: (token: string, address = ADDRESS) => invitationSignIn.check(token, address),
    byPassword: (name: string, password = PASSWORD) => signIn.byPassword(name, password, ADDRESS),
  };
}

it('[IV1] adds all accounts with a link for each, or none if one name is taken or looks like another one', () => {
  const { add, accounts, addAccount } = openInvitations({ publicUrl: new URL('https://phones.example/') });
  addAccount('boss');
  for (const names of [
    ['alice', 'B0ss'],
    ['alice', 'carol', 'Alice'],
    ['alice', 'аlice'],
  ]) {
    expect(accounts.nameConflicts(names)).toEqual([{ name: names.at(-1), account: expect.any(String) }]);
    expect(add(names)).toMatchObject({ ok: false, code: 'name-taken' });
  }
  expect(accounts.list().map(({ name }) => name)).toEqual(['boss']);
  expect(accounts.nameConflicts(['alice', 'carol'])).toEqual([]);
  const url = expect.stringMatching(/^https:\/\/phones\.example\/invite#[\w-]{43}$/);
  expect(add(['carol', 'alice'])).toMatchObject({
    ok: true,
    value: {
      links: [
        { account: 'carol', url },
        { account: 'alice', url },
      ],
    },
  });
  expect(accounts.find('alice')).toMatchObject({ ...settings, authMethod: 'password', hasPassword: false });
});

it('[IV1] adds a thousand accounts beside four thousand within two seconds', () => {
  const { add, accounts } = openInvitations();
  const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}.${n}x`);
  for (const prefix of ['a', 'b', 'c', 'd']) add(names(prefix, 1000));
  const began = performance.now();
  expect(add(names('alice', 1000)).ok).toBe(true);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(accounts.list()).toHaveLength(5000);
});

it('[IV2] sets the password once, by the rules for passwords, and signs in', async () => {
  const { addOne, accept, check, byPassword } = openInvitations();
  const token = addOne('alice');
  expect(await check(token)).toMatchObject({ ok: true, value: { account: 'alice' } });
  for (const weak of ['password1', 'alice alice'])
    expect(await accept(token, weak)).toMatchObject({ code: 'weak-password' });
  expect(await accept(token)).toEqual({ ok: true, value: 'alice' });
  expect(await byPassword('alice')).toMatchObject({ ok: true });
  expect(await accept(token, 'another horse entirely')).toMatchObject(INVALID);
  expect(await check(token)).toMatchObject(INVALID);
  expect(await byPassword('alice')).toMatchObject({ ok: true });
});

it('[IV2] of two uses at once one is taken, also at another gateway with the same store', async () => {
  const first = openInvitations();
  const second = openInvitations({ folder: first.folder, clock: first.clock });
  const token = first.addOne('alice');
  const results = await Promise.all([first.accept(token), second.accept(token), first.accept(token)]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(results.filter(({ ok }) => !ok)).toMatchObject([INVALID, INVALID]);
});

it('[IV2] [IV7] a link for an account in use leaves password and sessions alone until it is used', async () => {
  const { addOne, accept, invite, createSession, sessions, byPassword } = openInvitations();
  await accept(addOne('alice'));
  const session = createSession('alice');
  const token = invite('alice');
  expect(await byPassword('alice')).toMatchObject({ ok: true });
  expect(sessions.resolve(session)).not.toBeNull();
  await accept(token, 'another horse entirely');
  expect(sessions.resolve(session)).toBeNull();
  expect(await byPassword('alice')).toMatchObject({ code: 'wrong-credentials' });
  expect(await byPassword('alice', 'another horse entirely')).toMatchObject({ ok: true });
});

type Invitations = ReturnType<typeof openInvitations>;

it.each<[string, (invitations: Invitations) => unknown]>([
  ['its time is over', ({ clock }) => (clock.now += 14 * DAY_MS)],
  ['a new one replaces it', ({ invite }) => invite('alice')],
  ['it is withdrawn', ({ admin }) => admin.revokeInvitation('alice')],
  ['the account is removed', ({ admin }) => admin.remove('alice')],
  [
    'the account is disabled, also once it is enabled again',
    ({ admin }) => {
      admin.change('alice', { ...settings, disabled: true });
      admin.change('alice', settings);
    },
  ],
  ['an administrator sets the password', ({ admin }) => admin.setPassword('alice', 'another horse entirely')],
])('[IV3] ends when %s', async (_, end) => {
  const invitations = openInvitations();
  const token = invitations.addOne('alice');
  invitations.clock.now += 14 * DAY_MS - 1000;
  expect(await invitations.check(token)).toMatchObject({ ok: true });
  await end(invitations);
  expect(await invitations.check(token)).toMatchObject(INVALID);
  expect(await invitations.accept(token)).toMatchObject(INVALID);
});

it('[IV3] ends when the account is disabled while the password is hashed', async () => {
  const { addOne, accept, admin, byPassword } = openInvitations();
  const accepting = accept(addOne('alice'));
  admin.change('alice', { ...settings, disabled: true });
  expect(await accepting).toMatchObject(INVALID);
  admin.change('alice', settings);
  expect(await byPassword('alice')).toMatchObject({ code: 'wrong-credentials' });
});

it('[IV3] stays with a renamed account, and with changed settings', async () => {
  const { addOne, check, admin } = openInvitations();
  const token = addOne('alice');
  admin.change('alice', { ...settings, role: 'receptionist' }, 'alice.chen');
  expect(await check(token)).toMatchObject({ ok: true, value: { account: 'alice.chen' } });
});

it('[IV4] old links of others at one address do not keep anyone from a valid one', async () => {
  const { addOne, check } = openInvitations();
  const token = addOne('alice');
  for (let attempt = 0; attempt < 5; attempt += 1)
    expect(await check('an old link')).toEqual(await check('x'));
  expect(await check('an old link')).toMatchObject({ code: 'too-many' });
  for (let attempt = 0; attempt < 10; attempt += 1) expect(await check(token)).toMatchObject({ ok: true });
  for (let guess = 0; guess < 90; guess += 1) await check(`guess ${guess}`);
  expect(await check(token)).toMatchObject({ code: 'too-many', retryAfter: expect.any(Number) });
  expect(await check(token, '10.0.9.9')).toMatchObject({ ok: true });
});

it('[IV5] stores only the hash of the token', () => {
  const { addOne, folder, store } = openInvitations();
  const token = addOne('alice');
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(join(folder, 'lampboard.db'));
  expect(bytes.includes(token)).toBe(false);
  expect(bytes.includes(Buffer.from(token, 'base64url'))).toBe(false);
});

it('[IV6] without a password nobody signs in, and an administrator does not count as one who is left', async () => {
  const { admin, addOne, accept, byPassword } = openInvitations();
  await admin.add('ada', PASSWORD, { ...settings, role: 'admin' });
  const token = addOne('grace');
  admin.change('grace', { ...settings, role: 'admin' });
  expect(await byPassword('grace', '')).toEqual(await byPassword('nobody', ''));
  expect(admin.remove('ada')).toMatchObject({ code: 'last-admin' });
  expect(admin.change('ada', settings)).toMatchObject({ code: 'last-admin' });
  await accept(token);
  expect(admin.remove('ada')).toMatchObject({ ok: true });
});

it('[IV7] invites existing accounts together, or none of them', async () => {
  const { admin, accounts, addOne, accept, tokensOf, check } = openInvitations();
  await accept(addOne('alice'));
  const old = addOne('bob');
  accounts.add({ name: 'grace', role: 'user', extensions: [], authMethod: 'single-sign-on' });
  await admin.add('carol', PASSWORD, { ...settings, disabled: true });
  for (const [name, code] of [
    ['nobody', 'unknown-account'],
    ['grace', 'invalid'],
    ['carol', 'invalid'],
  ] as const)
    expect(admin.invite({ accounts: ['alice', 'bob', name], days: 14 })).toMatchObject({ ok: false, code });
  expect(await check(old)).toMatchObject({ ok: true });
  const tokens = tokensOf(admin.invite({ accounts: ['alice', 'Bob', 'bob'], days: 1 }));
  expect(tokens).toHaveLength(2);
  expect(await check(old)).toMatchObject(INVALID);
  for (const token of tokens) expect(await check(token)).toMatchObject({ ok: true });
});

it('[IV7] a site with single sign-on only has no links', async () => {
  const { add, admin, folder, clock, addOne } = openInvitations();
  const token = addOne('alice');
  expect(add([]).ok).toBe(true);
  const other = openInvitations({ folder, clock, isPasswordAllowed: false });
  expect(other.add(['bob'])).toMatchObject({ ok: false, code: 'invalid' });
  expect(other.admin.invite({ accounts: ['alice'], days: 14 })).toMatchObject({ ok: false, code: 'invalid' });
  expect(await other.check(token)).toMatchObject(INVALID);
  expect(admin.remove('alice')).toMatchObject({ ok: true });
});
