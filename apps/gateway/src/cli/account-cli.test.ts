import { type Limits, NO_LIMITS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { type AccountArguments, accountCommand } from './account-cli.ts';

const DEFAULTS: AccountArguments = {
  command: undefined,
  name: undefined,
  newName: undefined,
  role: undefined,
  extensions: [],
  noExtensions: false,
  limits: NO_LIMITS,
  noLimits: false,
  readPassword: null,
  invite: false,
  days: undefined,
};

function cli() {
  const auth = openTestAuth();
  const run = (args: Partial<AccountArguments>) => accountCommand({ ...DEFAULTS, ...args }, auth);
  const readPassword = () => 'a horse for a kingdom';
  return { ...auth, run, readPassword };
}

it('[AN5] adds, lists, changes, disables, enables and removes accounts', async () => {
  const { run, readPassword, accounts } = cli();
  const rita = { name: 'rita', role: 'receptionist', extensions: ['1101@default', '1102@default'] };
  expect(await run({ command: 'add', ...rita, readPassword })).toMatchObject({ ok: true });
  expect(await run({ command: 'list' })).toEqual({
    ok: true,
    text: 'rita\treceptionist\t1101@default,1102@default\tpassword\tenabled\t-\n',
  });
  expect(await run({ command: 'change', name: 'Rita', role: 'user' })).toMatchObject({ ok: true });
  expect(accounts.find('rita')).toMatchObject({ role: 'user', extensions: ['1101@default', '1102@default'] });
  await run({ command: 'change', name: 'rita', noExtensions: true });
  await run({ command: 'disable', name: 'rita' });
  expect(accounts.find('rita')).toMatchObject({ role: 'user', extensions: [], disabled: true });
  await run({ command: 'enable', name: 'rita' });
  expect(accounts.find('rita')?.disabled).toBe(false);
  expect(await run({ command: 'set-password', name: 'rita', readPassword })).toMatchObject({ ok: true });
  expect(await run({ command: 'remove', name: 'rita' })).toMatchObject({ ok: true });
  expect(accounts.list()).toEqual([]);
});

it('[VI8] limits what an account sees, each kind by itself, and takes the limits back', async () => {
  const { run, readPassword, accounts } = cli();
  const departments = ['Sales', 'Customer Care'];
  const rita = { name: 'rita', role: 'receptionist', limits: { ...NO_LIMITS, departments } };
  await run({ command: 'add', ...rita, readPassword });
  const change = (limits: Partial<Limits>, noLimits = false) =>
    run({ command: 'change', name: 'rita', limits: { ...NO_LIMITS, ...limits }, noLimits });
  await change({ contexts: ['sales'], pbxs: ['berlin'] });
  expect(accounts.find('rita')?.limits).toEqual({ pbxs: ['berlin'], contexts: ['sales'], departments });
  await run({ command: 'disable', name: 'rita' });
  expect(await run({ command: 'list' })).toMatchObject({
    text: 'rita\treceptionist\t-\tpassword\tdisabled\tpbx=berlin context=sales department=Sales department="Customer Care"\n',
  });
  await change({ departments: ['Support'] }, true);
  expect(accounts.find('rita')?.limits).toEqual({ ...NO_LIMITS, departments: ['Support'] });
  await change({}, true);
  expect(accounts.find('rita')?.limits).toBeUndefined();
});

it('[AN8] renames an account', async () => {
  const { run, readPassword, accounts } = cli();
  await run({ command: 'add', name: 'rita', role: 'user', readPassword });
  expect(await run({ command: 'rename', name: 'Rita', newName: 'rita.berg' })).toEqual({
    ok: true,
    text: 'rita is now rita.berg.\n',
  });
  expect(accounts.list()).toMatchObject([{ name: 'rita.berg', role: 'user' }]);
});

const LINK = /^http:\/\/127\.0\.0\.1:8080\/invite#[\w-]{43}\n$/;

it('[IV8] prints a link for a new account or an existing one, alone on standard output', async () => {
  const { run, readPassword, accounts, clock } = cli();
  const text = expect.stringMatching(LINK);
  const note = expect.stringContaining('once, until');
  const added = await run({ command: 'add', name: 'rita', role: 'user', invite: true });
  expect(added).toEqual({ ok: true, text, note });
  expect(accounts.find('rita')).toMatchObject({
    hasPassword: false,
    invitedUntil: clock.now + 14 * 86_400_000,
  });
  await run({ command: 'add', name: 'olga', role: 'user', readPassword });
  expect(await run({ command: 'invite', name: 'Olga', days: '3' })).toEqual({ ok: true, text, note });
  expect(accounts.find('olga')).toMatchObject({
    hasPassword: true,
    invitedUntil: clock.now + 3 * 86_400_000,
  });
  clock.now = Date.now();
  await run({ command: 'invite', name: 'rita' });
  expect(await run({ command: 'list' })).toMatchObject({
    text: 'olga\tuser\t-\tpassword\tenabled\t-\nrita\tuser\t-\tpassword\tinvited\t-\n',
  });
});

it.each<[Partial<AccountArguments>, string]>([
  [{}, 'Usage'],
  [{ command: 'grow', name: 'rita' }, 'Usage'],
  [{ command: 'add', name: 'rita' }, '--role'],
  [{ command: 'add', name: 'rita', role: 'boss' }, 'receptionist'],
  [{ command: 'add', name: 'rita', role: 'user' }, '--password-stdin'],
  [{ command: 'add', name: 'rita', role: 'user', extensions: ['1101'] }, '1101@default'],
  [{ command: 'add', name: ' ', role: 'user' }, 'valid account name'],
  [{ command: 'add', name: 'rita', role: 'user', readPassword: () => 'short' }, '8 to 256'],
  [
    { command: 'add', name: 'rita', role: 'user', invite: true, readPassword: () => '' },
    'exclude each other',
  ],
  [{ command: 'add', name: 'rita', role: 'user', invite: true, days: '2' }, '1, 3, 7, 14, 30'],
  [{ command: 'invite', name: 'nobody' }, 'no account'],
  [{ command: 'change', name: 'rita', limits: { ...NO_LIMITS, contexts: ['a b'] } }, 'context'],
  [{ command: 'rename', name: 'rita' }, 'Usage'],
  [{ command: 'disable', name: 'rita', newName: 'olga' }, 'Usage'],
  [{ command: 'rename', name: 'rita', newName: '\u0007' }, 'valid account name'],
  [{ command: 'rename', name: 'nobody', newName: 'olga' }, 'no account'],
  [{ command: 'remove', name: 'nobody' }, 'no account'],
  [{ command: 'disable', name: 'nobody' }, 'no account'],
])('[AN5] rejects %j with a reason', async (args, reason) => {
  const { run, accounts } = cli();
  const outcome = await run(args);
  expect(outcome).toMatchObject({ ok: false });
  expect(outcome.ok ? '' : outcome.message).toContain(reason);
  expect(accounts.list()).toEqual([]);
});
