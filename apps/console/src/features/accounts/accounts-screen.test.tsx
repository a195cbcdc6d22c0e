import type { Account } from '@lampboard/protocol';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { personNamed, put, testExtension } from '../../testing/fixtures.ts';
import { AccountLink } from './account-link.tsx';
import { suggestedName } from '../../entities/account/suggested-name.ts';
import { AccountsScreen } from './accounts-screen.tsx';

afterEach(() => history.replaceState(null, '', '/'));

const accountOf = (name: string, overrides: Partial<Account> = {}): Account => ({
  name,
  role: 'user',
  extensions: [],
  authMethod: 'password',
  disabled: false,
  createdAt: 0,
  hasPassword: true,
  invitedUntil: null,
  ...overrides,
});
const ALICE = accountOf('alice', { extensions: ['1101@default'] });

async function setup(me = ADA, accounts = [accountOf('ada', { role: 'admin' }), ALICE]) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-accounts', accounts);
  for (const command of ['add-account', 'change-account']) gateway.stubCommand(command, ALICE);
  const extensions = ['1101', '1102', 'bob@corp'].map((exten) => testExtension(exten));
  const page = await renderBoard(() => <AccountsScreen me={me} />, extensions, { me, gateway });
  return { ...page, sent: (command: string) => gateway.sent(command)[0] };
}

const edit = async (user: UserEvent, name: string) => {
  await user.click(await screen.findByRole('button', { name: `Edit ${name}` }));
  return within(screen.getByRole('dialog', { name }));
};

it('[AD1] is for administrators only', async () => {
  const { gateway } = await setup(RITA);
  expect(screen.getByText('Only administrators can manage accounts.')).toBeDefined();
  expect(gateway.requests).toEqual([]);
});

it('[AD1] [KN7] a further number is assigned as it is, and its entry is named', async () => {
  const { user, sent, happens, change } = await setup();
  await happens(() => change(put(testExtension('1102', { aliases: ['2102@sales'] }))));
  const dialog = await edit(user, 'alice');
  const field = dialog.getByRole('combobox', { name: 'Extensions' });
  await user.clear(field);
  await user.type(field, '2102');
  expect(dialog.getByText('1102 Name 1102')).toBeDefined();
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(sent('change-account')).toMatchObject({ settings: { extensions: ['2102@sales'] } });
});

it('[AD1] adds an account; a number stands for the extension of the board', async () => {
  const { user, sent } = await setup();
  await user.click(screen.getByRole('button', { name: 'Add account' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Add account' }));
  await user.type(dialog.getByRole('textbox', { name: 'Account' }), 'bob');
  await user.type(dialog.getByLabelText('Password'), 'long enough');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Role' }), 'receptionist');
  await user.type(dialog.getByRole('combobox', { name: 'Extensions' }), '1102');
  await user.click(dialog.getByRole('button', { name: 'Add' }));
  expect(sent('add-account')).toEqual({
    name: 'bob',
    password: 'long enough',
    settings: { role: 'receptionist', extensions: ['1102@default'], limits: null, disabled: false },
  });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('[LM6] an extension with an @ stands for itself, and not for a context', async () => {
  const { user, sent } = await setup();
  const dialog = await edit(user, 'alice');
  await user.type(dialog.getByRole('combobox', { name: 'Extensions' }), ', bob@corp, 7@old');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(sent('change-account')).toMatchObject({
    settings: { extensions: ['1101@default', 'bob@corp@default', '7@old'] },
  });
});

it('[AD1] rejects an unknown extension before sending', async () => {
  const { user, sent } = await setup();
  const dialog = await edit(user, 'alice');
  await user.type(dialog.getByRole('combobox', { name: 'Extensions' }), ', 999');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(dialog.getByText(/^999 isn’t on the board/u)).toBeDefined();
  expect(sent('change-account')).toBeUndefined();
});

it('[AD1] sets the password of an account, and removes it after a confirmation', async () => {
  const { user, sent } = await setup();
  const dialog = await edit(user, 'alice');
  await user.type(dialog.getByLabelText('New password'), 'long enough');
  await user.click(dialog.getByRole('button', { name: 'Set password' }));
  expect(sent('set-password')).toEqual({ account: 'alice', password: 'long enough' });
  await user.click(dialog.getByRole('button', { name: 'Remove account' }));
  expect(sent('remove-account')).toBeUndefined();
  const confirmation = within(screen.getByRole('dialog', { name: 'Remove alice?' }));
  await user.click(confirmation.getByRole('button', { name: 'Remove' }));
  expect(sent('remove-account')).toEqual({ account: 'alice' });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('[AN8] renames an account with its other settings, and shows that a name is taken', async () => {
  const { user, sent, gateway } = await setup();
  const message = 'There is an account ada already.';
  gateway.failCommand('change-account', 'name-taken', message);
  const dialog = await edit(user, 'alice');
  const name = dialog.getByRole<HTMLInputElement>('textbox', { name: 'Account' });
  await user.clear(name);
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect([dialog.getByText('Use 1 to 64 characters.'), sent('change-account')][1]).toBeUndefined();
  await user.type(name, 'ada');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  expect(name.value).toBe('ada');
  expect(sent('change-account')).toMatchObject({ account: 'alice', name: 'ada' });
});

it('[AD1] disables an account', async () => {
  const { user, sent } = await setup();
  const dialog = await edit(user, 'alice');
  await user.click(dialog.getByRole('checkbox', { name: /^Disabled/u }));
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(sent('change-account')).toMatchObject({ account: 'alice', settings: { disabled: true } });
});

it('[AD1] shows a failure as an alert, and keeps the input', async () => {
  const { user, gateway } = await setup();
  const message = 'Nobody would be left to manage accounts.';
  gateway.failCommand('change-account', 'last-admin', message);
  const dialog = await edit(user, 'ada');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Role' }), 'user');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  expect(dialog.getByRole<HTMLSelectElement>('combobox', { name: 'Role' }).value).toBe('user');
});

it('[AD1] many accounts can be filtered by name, role and extension', async () => {
  const many = Array.from({ length: 20 }, (_, index) => accountOf(`user${index}`));
  const { user } = await setup(ADA, [...many, ALICE]);
  await user.type(await screen.findByLabelText('Filter'), '1101');
  expect(screen.getAllByRole('button', { name: /^Edit/u })).toHaveLength(1);
  await user.type(screen.getByLabelText('Filter'), 'zzz');
  expect(screen.getByText(/No account matches/u)).toBeDefined();
});

it('[BD37] names the context of a typed extension if another one has the number', async () => {
  const { user, happens, change } = await setup();
  await happens(() => change(put(testExtension('1101', { id: '1101@warehouse', context: 'warehouse' }))));
  const dialog = await edit(user, 'alice');
  expect(dialog.getByText('1101 Name 1101 (default)')).toBeDefined();
});

it('[AN11] finds extensions by name or number while typing, and accepts one that is not on the board', async () => {
  const { user, sent } = await setup();
  const dialog = await edit(user, 'alice');
  const field = dialog.getByRole<HTMLInputElement>('combobox', { name: 'Extensions' });
  await user.type(field, ', name 110');
  const results = within(dialog.getByRole('listbox', { name: 'Results' }));
  expect(results.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'Name 11011101',
    'Name 11021102',
  ]);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(field.value).toBe('1101@default, 1102@default, ');
  expect(sent('change-account')).toBeUndefined();
  await user.type(field, 'bob');
  await user.keyboard('{Escape}');
  expect(dialog.queryByRole('listbox')).toBeNull();
  await user.clear(field);
  await user.type(field, '1102, 7@old');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(sent('change-account')).toMatchObject({ settings: { extensions: ['1102@default', '7@old'] } });
});

async function linked(id: string, me = ADA) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-accounts', [ALICE]);
  const extensions = [testExtension('1101'), testExtension('1102', { person: personNamed('Zoë de Wit') })];
  await renderBoard(() => <AccountLink id={id} />, extensions, { me, gateway });
  return gateway;
}

/** Opens the accounts page at the address of a link. */
async function follow(name: string) {
  const link = await screen.findByRole('link', { name });
  const { search } = new URL(link.getAttribute('href') ?? '', location.href);
  cleanup();
  history.replaceState(null, '', `/admin${search}`);
  return setup();
}

it('[AN10] links an extension to its account for administrators', async () => {
  await linked('1101@default');
  await follow('alice');
  expect(await screen.findByRole('dialog', { name: 'alice' })).toBeDefined();
  expect(location.search).toBe('');
});

it('[AN10] [KN7] links an extension to the account that has another of its numbers', async () => {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-accounts', [accountOf('tom', { extensions: ['1102@sales'] })]);
  const extension = testExtension('1102', { aliases: ['1102@sales'] });
  await renderBoard(() => <AccountLink id={extension.id} />, [extension], { me: ADA, gateway });
  expect(await screen.findByRole('link', { name: 'tom' })).toBeDefined();
});

it('[AN10] links an extension without an account to a new one, with extension and name filled in', async () => {
  await linked('1102@default');
  const { user, sent } = await follow('Add account');
  const dialog = within(screen.getByRole('dialog', { name: 'Add account' }));
  await user.type(dialog.getByLabelText('Password'), 'long enough');
  await user.click(dialog.getByRole('button', { name: 'Add' }));
  expect(sent('add-account')).toMatchObject({
    name: 'zoe.de.wit',
    settings: { role: 'user', extensions: ['1102@default'] },
  });
});

it.each([
  ['Zoë de Wit', '', 'zoe.de.wit'],
  ['Tomasz Zieliński', 'TZ@example.com', 'tz'],
  ['1105', '', '1105'],
  ['—', '', ''],
])('[AN10] %s with the address “%s” could have the account “%s”', (name, email, suggested) => {
  expect(suggestedName({ name, email })).toBe(suggested);
});

it('[AN10] shows no link and requests no accounts for other users', async () => {
  const { requests } = await linked('1101@default', RITA);
  expect([screen.queryByRole('link'), requests]).toEqual([null, []]);
});

const PEOPLE = [
  testExtension('1101', { person: personNamed('Rita', 'Sales') }),
  testExtension('1102', { person: personNamed('Bo', 'Support') }),
  testExtension('1103', { id: '1103@shop', context: 'shop', person: personNamed('Cy', 'Sales') }),
];
const RITA_ACCOUNT = accountOf('rita', { role: 'receptionist' });

async function setupLimits(account: Account = RITA_ACCOUNT) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-accounts', [accountOf('ada', { role: 'admin' }), account]);
  gateway.stubCommand('change-account', account);
  const page = await renderBoard(() => <AccountsScreen me={ADA} />, PEOPLE, { me: ADA, gateway });
  const dialog = await edit(page.user, account.name);
  const save = async () => {
    await page.user.click(dialog.getByRole('button', { name: 'Save' }));
    return gateway.sent('change-account')[0];
  };
  return { ...page, dialog, save };
}

it('[VI8] limits are chosen from what the board has, and say how many extensions they leave', async () => {
  const { user, dialog, save } = await setupLimits();
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Sees' }), 'Only some');
  expect(dialog.queryByRole('group', { name: 'PBXs' })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Sales 2' }));
  expect(dialog.getByText('Sees 2 extensions of 3.')).toBeDefined();
  await user.click(dialog.getByRole('button', { name: 'shop 1' }));
  expect(dialog.getByText('Sees one extension of 3.')).toBeDefined();
  const limits = { pbxs: [], contexts: ['shop'], departments: ['Sales'] };
  expect(await save()).toMatchObject({ settings: { role: 'receptionist', limits } });
});

it('[VI8] limits that the board does not have can be typed, if they are valid', async () => {
  const { user, dialog, save } = await setupLimits();
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Sees' }), 'Only some');
  await user.type(dialog.getByRole('textbox', { name: 'Another context' }), 'a b{Enter}');
  expect(dialog.getByText(/^“a b” isn’t valid/u)).toBeDefined();
  await user.clear(dialog.getByRole('textbox', { name: 'Another context' }));
  await user.type(dialog.getByRole('textbox', { name: 'Another context' }), 'night{Enter}');
  await user.type(dialog.getByRole('textbox', { name: 'Another department' }), 'Customer Care');
  expect(dialog.getByRole('button', { name: 'night 0', pressed: true })).toBeDefined();
  expect(dialog.getByText(/^Sees 0 extensions of 3\./u)).toBeDefined();
  const limits = { pbxs: [], contexts: ['night'], departments: ['Customer Care'] };
  expect(await save()).toMatchObject({ settings: { limits } });
});

it('[VI8] “only some” needs a choice, and “everyone” takes all limits back', async () => {
  const limits = { pbxs: [], contexts: [], departments: ['Sales'] };
  const { user, dialog, save } = await setupLimits({ ...RITA_ACCOUNT, limits });
  expect(screen.getByText('Limited').title).toBe('Sees: Sales');
  await user.click(dialog.getByRole('button', { name: 'Sales 2', pressed: true }));
  expect(await save()).toBeUndefined();
  expect(dialog.getByText('Choose at least one.').dataset['invalid']).toBe('true');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Sees' }), 'Everyone');
  expect(await save()).toMatchObject({ settings: { limits: null } });
});

it('[VI8] an administrator has no limits, and keeps those of an earlier role', async () => {
  const limits = { pbxs: ['berlin'], contexts: [], departments: [] };
  const { user, dialog, save } = await setupLimits({ ...RITA_ACCOUNT, limits });
  expect(dialog.getByRole('button', { name: 'berlin 0', pressed: true })).toBeDefined();
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Role' }), 'admin');
  expect(dialog.queryByRole('combobox', { name: 'Sees' })).toBeNull();
  expect(await save()).toMatchObject({ settings: { role: 'admin', limits } });
});

const DAY_MS = 86_400_000;
const INVITED = accountOf('bob', {
  extensions: ['1102@default'],
  hasPassword: false,
  invitedUntil: Date.now() + 3 * DAY_MS,
});
const EXPIRED = accountOf('carol', { hasPassword: false, invitedUntil: Date.now() - DAY_MS });
const PENDING = [
  accountOf('ada', { role: 'admin' }),
  ALICE,
  INVITED,
  EXPIRED,
  accountOf('dave', { hasPassword: false }),
];
const textOf = (name: string) => document.querySelector(`[data-account="${name}"]`)?.textContent;
const linksOf = (...names: string[]) => ({
  expiresAt: Date.now() + DAY_MS,
  links: names.map((account) => ({ account, url: `https://phones.example/invite#${account}` })),
});

it('[IV11] shows who is invited, whose link has expired and who has no password, and filters by it', async () => {
  const { user } = await setup(ADA, PENDING);
  await screen.findByRole('button', { name: 'Edit bob' });
  expect(textOf('alice')).toContain('Password');
  expect(textOf('bob')).toMatch(/Invited, until \d+ \w+, \d+:\d\d|Invited, until \w+ \d+, \d+:\d\d/);
  expect(textOf('carol')).toContain('Link expired');
  expect(textOf('dave')).toContain('No password');
  await user.click(screen.getByRole('button', { name: /^Link expired 1/ }));
  const shown = () =>
    [...document.querySelectorAll('[data-account]')].map((one) => one.getAttribute('data-account'));
  expect(shown()).toEqual(['carol']);
  await user.click(screen.getByRole('button', { name: /^Invited 1/ }));
  expect(shown()).toEqual(['bob']);
  await user.click(screen.getByRole('button', { name: /^Invited 1/ }));
  expect(shown()).toHaveLength(5);
});

it('[IV11] gives the accounts of a state new links together', async () => {
  const { user, gateway, sent } = await setup(ADA, PENDING);
  gateway.stubCommand('invite-accounts', linksOf('bob'));
  await user.click(await screen.findByRole('button', { name: /^Invited 1/ }));
  await user.click(screen.getByRole('button', { name: 'New link for 1 account' }));
  const dialog = within(screen.getByRole('dialog', { name: 'New link for 1 account' }));
  await user.click(dialog.getByRole('button', { name: 'Create link' }));
  const link = await dialog.findByRole('textbox', { name: 'Link for Name 1102' });
  expect(link).toHaveProperty('value', 'https://phones.example/invite#bob');
  expect(sent('invite-accounts')).toEqual({ accounts: ['bob'], days: 14 });
});

it('[IV11] an account’s dialog creates its link and withdraws it', async () => {
  const { user, gateway, sent } = await setup(ADA, PENDING);
  gateway.stubCommand('invite-accounts', linksOf('bob'));
  const dialog = await edit(user, 'bob');
  expect(dialog.getByText(/A link is valid until/)).toBeDefined();
  await user.click(dialog.getByRole('button', { name: 'Create link' }));
  await dialog.findByRole('textbox', { name: 'Link for Name 1102' });
  await user.click(dialog.getByRole('button', { name: 'Withdraw link' }));
  await waitFor(() => expect(dialog.queryByRole('textbox', { name: 'Link for Name 1102' })).toBeNull());
  expect(sent('revoke-invitation')).toEqual({ account: 'bob' });
});

it('[IV7] [IV11] the administrator’s own account, single sign-on and disabled accounts get no link', async () => {
  const others = [
    accountOf('ada', { role: 'admin' }),
    accountOf('grace', { authMethod: 'single-sign-on', hasPassword: false }),
    accountOf('dave', { disabled: true, hasPassword: false }),
  ];
  const { user } = await setup(ADA, others);
  for (const name of ['ada', 'grace', 'dave']) {
    const dialog = await edit(user, name);
    expect(dialog.queryByRole('button', { name: 'Create link' })).toBeNull();
    await user.keyboard('{Escape}');
  }
  await user.click(screen.getByRole('button', { name: /^No password 1/ }));
  expect(screen.queryByRole('button', { name: /New link/ })).toBeNull();
});

it('[IV11] a new account gets a link in place of a password, which is shown once', async () => {
  const { user, gateway, sent } = await setup();
  gateway.stubCommand('add-invited-accounts', linksOf('bob'));
  await user.click(screen.getByRole('button', { name: 'Add account' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Add account' }));
  await user.type(dialog.getByRole('textbox', { name: 'Account' }), 'bob');
  await user.click(dialog.getByRole('checkbox', { name: /Let them choose their password/ }));
  expect(dialog.queryByLabelText('Password')).toBeNull();
  await user.type(dialog.getByRole('combobox', { name: 'Extensions' }), '1102');
  await user.click(dialog.getByRole('button', { name: 'Add' }));
  const link = await dialog.findByRole('textbox', { name: 'Link for Name 1102' });
  expect(link).toHaveProperty('value', 'https://phones.example/invite#bob');
  expect(sent('add-account')).toBeUndefined();
  expect(sent('add-invited-accounts')).toMatchObject({ accounts: [{ name: 'bob' }], days: 14 });
});
