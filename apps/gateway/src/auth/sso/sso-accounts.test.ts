import { expect, it } from 'vitest';
import { openTestAuth } from '../testing/open-test-auth.ts';
import { createSsoAccounts } from './sso-accounts.ts';

const grace = {
  subject: 'https://id.example g-1',
  name: 'grace',
  role: 'receptionist',
  extensions: ['1112@default'],
} as const;

it('[SS2] creates the account at the first sign-in, and updates role and extensions', () => {
  const { accounts } = openTestAuth();
  const resolveAccount = createSsoAccounts({ accounts, providesExtensions: true });
  expect(resolveAccount(grace)).toMatchObject({
    ok: true,
    account: { name: 'grace', authMethod: 'single-sign-on' },
  });
  resolveAccount({ ...grace, name: 'grace hopper', role: 'user', extensions: [] });
  expect(accounts.list()).toMatchObject([
    { name: 'grace', role: 'user', extensions: [], passwordHash: null },
  ]);
});

it('[SS2] retains assigned extensions if the provider sends none', () => {
  const { accounts } = openTestAuth();
  const resolveAccount = createSsoAccounts({ accounts, providesExtensions: false });
  resolveAccount({ ...grace, extensions: [] });
  const id = accounts.find('grace')?.id ?? 0;
  accounts.change(id, { role: 'receptionist', extensions: ['1101@default'], disabled: false });
  resolveAccount({ ...grace, extensions: [] });
  expect(accounts.find('grace')?.extensions).toEqual(['1101@default']);
});

it('[SS2] never takes over another account’s name, and rejects disabled accounts', () => {
  const { accounts } = openTestAuth();
  const resolveAccount = createSsoAccounts({ accounts, providesExtensions: true });
  accounts.add({ name: 'Grace', role: 'admin', extensions: [], authMethod: 'password' });
  expect(resolveAccount(grace)).toEqual({ ok: false, code: 'name-taken' });
  expect(resolveAccount({ ...grace, name: 'hopper' })).toMatchObject({ ok: true });
  const id = accounts.find('hopper')?.id ?? 0;
  accounts.change(id, { role: 'user', extensions: [], disabled: true });
  expect(resolveAccount({ ...grace, name: 'hopper' })).toEqual({ ok: false, code: 'disabled' });
  expect(accounts.find('hopper')?.disabled).toBe(true);
});

it('[PB3] with several PBXs takes over only extensions that begin with the id of one', () => {
  const { accounts } = openTestAuth();
  const resolveAccount = createSsoAccounts({
    accounts,
    providesExtensions: true,
    pbxIds: ['berlin', 'paris'],
  });
  const extensions = ['1101@default', 'rome/1101@default', 'paris/1101@default'];
  resolveAccount({ ...grace, extensions });
  expect(accounts.find('grace')?.extensions).toEqual(['paris/1101@default']);
  resolveAccount({ ...grace, extensions: ['berlin/1102@default', '1102@default'] });
  expect(accounts.find('grace')?.extensions).toEqual(['berlin/1102@default']);
});
