import type { Account } from '@lampboard/protocol';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { testExtension } from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { AddAccountsScreen } from './add-accounts-screen.tsx';

const person = (name: string, email: string, department: string) => ({ name, email, department, mobile: '' });
const PEOPLE = [
  testExtension('1101', { person: person('Rita Moreno', 'rita@example.com', 'Reception') }),
  testExtension('1102', { person: person('Josh Okafor', 'josh@example.com', 'Sales') }),
  testExtension('1103', { person: person('Selina Kyle', '', 'Sales') }),
  testExtension('1104', { person: person('Alice Chen', 'alice@example.com', 'Support') }),
];
const ACCOUNT_OF_RITA: Account = {
  name: 'rita',
  role: 'receptionist',
  extensions: ['1101@default'],
  authMethod: 'password',
  disabled: false,
  createdAt: 0,
  hasPassword: true,
  invitedUntil: null,
};
const OPTIONS = { password: true, singleSignOn: null, needsSetup: false, demo: [] };

async function setup({ me = ADA, options = {}, people = PEOPLE } = {}) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-accounts', [ACCOUNT_OF_RITA]);
  gateway.stubCommand('list-name-conflicts', []);
  gateway.stub('GET /api/sign-in', { reply: { ok: true, value: { ...OPTIONS, ...options } } });
  const page = await renderBoard(() => <AddAccountsScreen me={me} />, people, { me, gateway });
  const { user } = page;
  return {
    ...page,
    choose: async (name: RegExp) => user.click(await screen.findByRole('checkbox', { name })),
    next: () => user.click(screen.getByRole('button', { name: 'Continue' })),
    nameOf: (name: string) =>
      screen.getByRole<HTMLInputElement>('textbox', { name: `Account name of ${name}` }),
  };
}

it('[IV9] shows who has no account, and selects one by one or all that are found', async () => {
  const { user, choose } = await setup();
  const boxes = () => screen.getAllByRole('checkbox').map((box) => box.closest('label')?.textContent);
  await screen.findByRole('checkbox', { name: /Select all 3 people/ });
  expect(boxes().slice(1)).toEqual([
    'Josh Okafor1102Salesjosh@example.comjosh',
    'Selina Kyle1103Salesselina.kyle',
    'Alice Chen1104Supportalice@example.comalice',
  ]);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Department' }), 'Sales');
  await choose(/Select all 2 people/);
  expect(await screen.findByText('2 people selected')).toBeDefined();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Department' }), 'All departments');
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'josh');
  await choose(/Josh Okafor/);
  expect(await screen.findByText('1 person selected')).toBeDefined();
});

it('[IV10] adds the chosen people with changed names and one role, and shows their links once', async () => {
  const { user, gateway, choose, next, nameOf, sent } = await setup();
  await choose(/Josh Okafor/);
  await choose(/Selina Kyle/);
  await next();
  expect(sent('add-invited-accounts')).toEqual([]);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'Receptionist');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Link is valid for' }), '3 days');
  await user.clear(nameOf('Josh Okafor'));
  await user.type(nameOf('Josh Okafor'), 'josh.okafor');
  const urls = ['https://phones.example/invite#a', 'https://phones.example/invite#b'];
  gateway.stubCommand('add-invited-accounts', {
    expiresAt: Date.now() + 1000,
    links: [
      { account: 'josh.okafor', url: urls[0] },
      { account: 'selina.kyle', url: urls[1] },
    ],
  });
  await user.click(screen.getByRole('button', { name: 'Add 2 accounts' }));
  expect(await screen.findByRole('heading', { name: '2 accounts added' })).toBeDefined();
  const settings = (extension: string) => ({
    role: 'receptionist',
    extensions: [extension],
    disabled: false,
  });
  expect(sent('add-invited-accounts')).toEqual([
    {
      accounts: [
        { name: 'josh.okafor', settings: settings('1102@default') },
        { name: 'selina.kyle', settings: settings('1103@default') },
      ],
      days: 3,
    },
  ]);
  const linkOf = (name: string) => screen.getByRole('textbox', { name: `Link for ${name}` });
  expect(linkOf('Josh Okafor')).toHaveProperty('value', urls[0]);
  expect(linkOf('Selina Kyle')).toHaveProperty('value', urls[1]);
  expect(screen.getByText('No e-mail')).toBeDefined();
});

it('[IV10] says which names are taken or empty, and adds nothing before they are changed', async () => {
  const { user, gateway, choose, next, nameOf, sent } = await setup();
  gateway.stubCommand('list-name-conflicts', [{ name: 'josh', account: 'J0sh' }]);
  await choose(/Select all/);
  await next();
  expect(await screen.findByText('Taken by J0sh, or too similar to it.')).toBeDefined();
  await user.clear(nameOf('Alice Chen'));
  expect(await screen.findByText('Use 1 to 64 characters.')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Add 3 accounts' }));
  expect(document.activeElement).toBe(nameOf('Josh Okafor'));
  expect(sent('add-invited-accounts')).toEqual([]);
  expect(screen.getByRole('button', { name: '2 names need a change' })).toBeDefined();
});

it('[IV10] a name that was taken in between keeps everything as it was, and is pointed out', async () => {
  const { user, gateway, choose, next } = await setup();
  await choose(/Josh Okafor/);
  await next();
  gateway.failCommand('add-invited-accounts', 'name-taken', 'There already is an account josh.');
  gateway.stubCommand('list-name-conflicts', [{ name: 'josh', account: 'josh' }]);
  await user.click(screen.getByRole('button', { name: 'Add 1 account' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There already is an account josh.');
  expect(await screen.findByText('Taken by josh, or too similar to it.')).toBeDefined();
});

it('[IV13] says that nobody needs a link where there is single sign-on only', async () => {
  await setup({ options: { password: false, singleSignOn: 'Company account' } });
  expect(await screen.findByText(/single sign-on only/)).toBeDefined();
  expect(screen.queryByRole('checkbox')).toBeNull();
});

it('[IV13] says in the demo that its accounts need no password', async () => {
  await setup({ options: { demo: [{ name: 'Rita Moreno', role: 'receptionist' }] } });
  expect(await screen.findByText(/Its own accounts need no password/)).toBeDefined();
  expect(screen.getByRole('checkbox', { name: /Josh Okafor/ })).toBeDefined();
});

it('[IV9] says when everyone has an account, and when nobody is on the board', async () => {
  await setup({ people: PEOPLE.slice(0, 1) });
  expect(await screen.findByText('Everyone on the board has an account.')).toBeDefined();
  await setup({ people: [] });
  expect(await screen.findByText('No one is on the board at the moment.')).toBeDefined();
});

it('[IV9] is for administrators only', async () => {
  const { gateway } = await setup({ me: RITA });
  expect(await screen.findByText('Only administrators can manage accounts.')).toBeDefined();
  await waitFor(() => expect(gateway.sent('list-accounts')).toEqual([]));
  expect(within(screen.getByRole('main')).queryByRole('checkbox')).toBeNull();
});
