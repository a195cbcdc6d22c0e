import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limitsOf } from '@lampboard/model';
import { assignedSince, withExtensionIds } from './stored-account.ts';
import { openTestAuth } from './testing/open-test-auth.ts';
import { toPublicAccount, addDemoAccounts } from './accounts.ts';
import { createFirstAdmin } from './first-admin.ts';
import { createPasswords } from './passwords.ts';
import { createLoginLimiter } from './login-limiter.ts';

const STRONG_PASSWORD = 'a horse for a kingdom';
const settings = { role: 'user' as const, extensions: ['1101@default'], disabled: false };

it('[AN1] compares names case-insensitively, and stores them as given', async () => {
  const { admin, accounts } = openTestAuth();
  expect(await admin.add('Zoë', STRONG_PASSWORD, settings)).toMatchObject({ ok: true });
  expect(await admin.add('ZOË', STRONG_PASSWORD, settings)).toMatchObject({ ok: false, code: 'name-taken' });
  expect(accounts.find('zoe\u0308')).toMatchObject({
    name: 'Zoë',
    extensions: ['1101@default'],
    role: 'user',
  });
});

it.each(['bоss', 'ВОSS'.replace('SS', 'ss'), 'b0ss', 'bo\u200bss', 'boss\u3164', 'ｂｏｓｓ', 'bo\u017fs'])(
  '[AN7] rejects %s beside boss, which looks the same',
  async (name) => {
    const { admin, accounts } = openTestAuth();
    await admin.add('boss', STRONG_PASSWORD, settings);
    const failure = { ok: false, code: 'name-taken', message: expect.stringContaining('boss') };
    expect(await admin.add(name, STRONG_PASSWORD, settings)).toMatchObject(failure);
    expect(accounts.add({ name, role: 'user', extensions: [], authMethod: 'single-sign-on' })).toBeNull();
    expect(await admin.add('moss', STRONG_PASSWORD, settings)).toMatchObject({ ok: true });
  },
);

it('[AN8] allows new names that could be added, and other spellings of the present name', async () => {
  const { admin, accounts } = openTestAuth();
  await admin.add('alice', STRONG_PASSWORD, settings);
  await admin.add('boss', STRONG_PASSWORD, settings);
  const failure = { code: 'name-taken', message: expect.stringContaining('boss') };
  for (const name of ['boss', 'BOSS', 'b0ss', 'bо\u0455s'])
    expect(admin.change('alice', { ...settings, role: 'admin' }, name)).toMatchObject(failure);
  expect(accounts.find('alice')).toMatchObject({ name: 'alice', role: 'user' });
  for (const name of ['Alice', 'a1ice', 'alice.smith'])
    expect(admin.change(accounts.names().get(1) ?? '', settings, name)).toMatchObject({ value: { name } });
  expect(await admin.add('alice', STRONG_PASSWORD, settings)).toMatchObject({ ok: true });
});

it('[PB3] with several PBXs a new extension begins with the id of one, and others of the account stay', async () => {
  const { admin, accounts, addAccount } = openTestAuth({ pbxIds: ['berlin', 'paris'] });
  const rejected = {
    ok: false,
    code: 'invalid',
    message: '“1101@default” does not begin with the id of its PBX: berlin/…, paris/…. Nothing was changed.',
  };
  expect(await admin.add('alice', STRONG_PASSWORD, settings)).toEqual(rejected);
  expect(accounts.list()).toEqual([]);
  addAccount('alice', { extensions: ['rome/1101@default'] });
  const extensions = ['rome/1101@default', 'paris/1101@default'];
  expect(admin.change('alice', { ...settings, extensions })).toMatchObject({ value: { extensions } });
  expect(admin.change('alice', settings)).toEqual(rejected);
  expect(accounts.find('alice')?.extensions).toEqual(extensions);
});

it('[AN2] protects the last administrator', async () => {
  const { admin } = openTestAuth();
  await admin.add('ada', STRONG_PASSWORD, { ...settings, role: 'admin' });
  const failure = { ok: false, code: 'last-admin' };
  expect(admin.remove('ada')).toMatchObject(failure);
  expect(admin.change('ada', settings)).toMatchObject(failure);
  expect(admin.change('ada', { ...settings, role: 'admin', disabled: true })).toMatchObject(failure);
  await admin.add('bob', STRONG_PASSWORD, { ...settings, role: 'admin' });
  expect(admin.change('ada', settings)).toMatchObject({ ok: true });
  expect(admin.remove('bob')).toMatchObject(failure);
});

it('[AN2] rejects an unknown account', async () => {
  const { admin } = openTestAuth();
  const failure = { ok: false, code: 'unknown-account' };
  expect(admin.remove('nobody')).toMatchObject(failure);
  expect(admin.change('nobody', settings)).toMatchObject(failure);
  expect(await admin.setPassword('nobody', STRONG_PASSWORD)).toMatchObject(failure);
});

it('[AN3] stores argon2id hashes with a salt', async () => {
  const { hash, verify } = createPasswords();
  const [first, second] = [await hash(STRONG_PASSWORD), await hash(STRONG_PASSWORD)];
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await verify(first, STRONG_PASSWORD)).toBe(true);
  expect(await verify(first, `${STRONG_PASSWORD} `)).toBe(false);
});

it('[SI5] no password is correct without a hash', async () => {
  expect(await createPasswords().verify(null, STRONG_PASSWORD)).toBe(false);
});

it('[SI6] queues at most a hundred verifications', async () => {
  const { verify } = createPasswords();
  const results = await Promise.all(Array.from({ length: 110 }, () => verify(null, STRONG_PASSWORD)));
  expect(results.filter((outcome) => outcome === null).length).toBeGreaterThan(0);
});

const passwords = createPasswords({ siteWords: ['board', 'acme', 'example'] });
const WEAK = { ok: false, code: 'weak-password' };

it.each(
  `password123 PASSWORD123 Password123! P@ssw0rd2026 letmein1 iloveyou2
  Lampboard1! asterisk-2026 FreePBX123 Reception!!2026 recept-1234 1104telefon
  rita_rita RitaRita99 rita1104 Moreno.1104! receptionist AcmeRita#1 acme-2026!
  Summer2026! Sommer-2026!! Frühling#25 Winter26?? 5ummer2026 November2026! Montag.0815
  00000000 87654321 aaaaaaaa abcabcabc 12341234 qwertzuiop 1qay2wsx 2026!2026!`
    .split(/\s+/)
    .concat('        '),
)('[AN3] [AN6] rejects the password %s for Rita Moreno', async (password) => {
  expect(await passwords.checkStrength(password, 'Rita Moreno')).toMatchObject(WEAK);
});

it.each([
  STRONG_PASSWORD,
  'пароль для Риты',
  'Tr0mb0ne in a drawer',
  '   two   spaces',
  'xk7Pq2mz',
  'summer was cold in Bergen',
])('[AN3] accepts the password %s', async (password) => {
  expect(await passwords.checkStrength(password, 'Rita')).toBeNull();
});

it('[AN6] rejects parts of the public address', async () => {
  const { admin } = openTestAuth({ publicUrl: new URL('https://phones.northwind.example') });
  expect(await admin.add('ada', 'Northwind2026!', settings)).toMatchObject(WEAK);
});

it('[AN6] queues at most a hundred strength checks', async () => {
  const results = await Promise.all(
    Array.from({ length: 110 }, () => passwords.checkStrength('aaaaaaaa', 'rita')),
  );
  expect(results.filter((failure) => failure?.code === 'too-many').length).toBeGreaterThan(0);
});

it('[AN4] the store is readable by its owner only', () => {
  const { folder } = openTestAuth();
  expect(statSync(join(folder, 'lampboard.db')).mode & 0o077).toBe(0);
});

let addresses = 0;
/** Each call uses another address. */
const credentials = (name: string, password = STRONG_PASSWORD) => ({
  name,
  password,
  address: `10.0.${(addresses += 1)}.1`,
});
const LINK_EXPIRED = { ok: false, code: 'link-expired' };

function setupLinks() {
  const { admin, accounts, clock } = openTestAuth();
  const loginLimiter = createLoginLimiter();
  const isNeeded = () => !accounts.hasRealAccounts();
  const create = () => createFirstAdmin({ admin, loginLimiter, isNeeded, now: () => clock.now });
  return { accounts, clock, create };
}

it('[SI8] the setup link creates one administrator while there are no accounts', async () => {
  const { accounts, create } = setupLinks();
  const [first, late] = [create(), create()];
  const [token, lateToken] = [first.token ?? '', late.token ?? ''];
  const created = { ok: true, value: { role: 'admin' } };
  expect(await first.create('guessed', credentials('eve'))).toMatchObject(LINK_EXPIRED);
  expect(await first.create(lateToken, credentials('eve'))).toMatchObject(LINK_EXPIRED);
  expect(await first.create(token, credentials('ada', 'password123'))).toMatchObject({
    code: 'weak-password',
  });
  expect(await first.create(token, credentials('ada'))).toMatchObject(created);
  expect(await first.create(token, credentials('eve'))).toMatchObject(LINK_EXPIRED);
  expect(await late.create(lateToken, credentials('eve'))).toMatchObject(LINK_EXPIRED);
  expect(create().token).toBeNull();
  expect(accounts.list().map(({ name }) => name)).toEqual(['ada']);
});

it('[SI8] the link is valid for a day', async () => {
  const { clock, create } = setupLinks();
  const first = create();
  clock.now += 24 * 3_600_000;
  expect(await first.create(first.token ?? '', credentials('ada'))).toMatchObject({ code: 'link-expired' });
});

it('[SE3] enabling an account does not restore its sessions', async () => {
  const { admin, sessions, createSession } = openTestAuth();
  await admin.add('bob', STRONG_PASSWORD, settings);
  const token = createSession('bob');
  admin.change('bob', { ...settings, disabled: true });
  admin.change('bob', settings);
  expect(sessions.resolve(token)).toBeNull();
});

it('[SI9] every start restores the demo accounts', () => {
  const { accounts } = openTestAuth();
  addDemoAccounts(accounts);
  const fresh = accounts.list();
  for (const { id } of fresh) accounts.change(id, { role: 'user', extensions: [], disabled: true });
  accounts.rename(fresh[1]?.id ?? 0, 'somebody else');
  accounts.remove(fresh[0]?.id ?? 0);
  addDemoAccounts(accounts);
  expect(accounts.list().map(toPublicAccount)).toEqual(fresh.map(toPublicAccount));
});

it('[HI7] an extension that is own by several of its numbers counts from the first assignment', () => {
  const { accounts, clock, addAccount } = openTestAuth();
  const id = addAccount('bob', { extensions: ['1101@default'] });
  const since = (extension: string) => {
    const account = accounts.findId(id);
    const idOf = (assigned: string) => (assigned === '*801102@default' ? '1102@default' : assigned);
    return account && assignedSince(withExtensionIds(account, idOf), extension);
  };
  const first = clock.now;
  clock.now += 1000;
  const settings = { role: 'user' as const, disabled: false };
  accounts.change(id, { ...settings, extensions: ['1101@default', '*801102@default'] });
  const second = clock.now;
  clock.now += 1000;
  const all = ['1101@default', '*801102@default', '1102@default'];
  accounts.change(id, { ...settings, extensions: all });
  expect([since('1101@default'), since('1102@default')]).toEqual([first, second]);
  accounts.change(id, { ...settings, extensions: [] });
  expect(since('1102@default')).toBe(Number.POSITIVE_INFINITY);
});

it('[VI1] limits are stored with the account, stay where a change does not name them, and hold for no administrator', () => {
  const { accounts, addAccount } = openTestAuth();
  const limits = { pbxs: [], contexts: ['sales'], departments: ['Customer Care'] };
  const id = addAccount('bob', { limits });
  const settings = { role: 'user' as const, extensions: [], disabled: false };
  accounts.change(id, settings);
  expect(accounts.findId(id)?.limits).toEqual(limits);
  accounts.change(id, { ...settings, role: 'admin' });
  const admin = accounts.findId(id);
  expect(admin && limitsOf(admin)).toBeNull();
  accounts.change(id, settings);
  expect(accounts.findId(id)?.limits).toEqual(limits);
  accounts.change(id, { ...settings, limits: null });
  expect(accounts.findId(id)?.limits).toBeUndefined();
});
