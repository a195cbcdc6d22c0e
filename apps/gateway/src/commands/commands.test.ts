import { GROUPS_MAX } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createThrottle } from '../accounts/throttle.ts';
import type { Session } from '../sessions/sessions.ts';
import { createAuditCommands } from './audit-commands.ts';
import { createAccountCommands } from './account-commands.ts';
import { type Handlers, createDispatch } from './commands.ts';
import { createHealthCommands } from './health-commands.ts';
import { createHistoryCommands } from './history-commands.ts';
import { createOwnBoardCommands } from './own-board-commands.ts';
import { createSessionCommands } from './session-commands.ts';
import { createTemplateCommands } from './template-commands.ts';
import { createOwnBoards } from '../own-board/own-boards.ts';
import { createTemplateStore } from '../templates/template-store.ts';

const GOOD = 'a horse for a kingdom';
const BETTER = 'two horses for a kingdom';
const DONE = { ok: true, value: null };

async function dispatching(presence: Partial<Handlers> = {}) {
  const identity = openTestIdentity();
  const { accounts, sessions, admin } = identity;
  const { db } = identity.store;
  const nothing = { subtypes: [], messages: [] };
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: (...line: unknown[]) => void logged.push(line) };
  const dispatch = createDispatch({
    handlers: {
      'set-presence': ({ presence: { state } }) => {
        throw new Error(`a secret: ${state}`);
      },
      'list-edits': () => ({ ok: true, value: [] }),
      ...presence,
      ...createHistoryCommands({ history: { list: () => ({ from: 0, keepDays: 0, entries: [] }) } }),
      ...createOwnBoardCommands({ ownBoards: createOwnBoards({ db }) }),
      ...createTemplateCommands({
        templates: createTemplateStore({ db }),
        lastUsed: () => ({ own: nothing, site: nothing }),
      }),
      ...createSessionCommands({ ...identity, db, throttle: createThrottle() }),
      ...createAccountCommands(identity),
      ...createAuditCommands({ audit: { list: () => [] } }),
      ...createHealthCommands({
        asterisk: null,
        health: { read: () => ({ time: 0, link: [], points: [] }) },
      }),
    },
    storeRefusal: identity.writer.refusal,
    log,
  });
  async function signedIn(name: string, role: 'user' | 'admin'): Promise<Session> {
    await admin.add(name, GOOD, { role, extensions: [], disabled: false });
    const session = sessions.resolve(
      sessions.begin(accounts.find(name)?.id ?? 0, { address: '', browser: '' }),
    );
    if (session === null) throw new Error('no session');
    return session;
  }
  return { ...identity, dispatch, signedIn, logged };
}

it('[GW6] an unknown command and a wrong request are invalid, whoever asks', async () => {
  const { dispatch, signedIn } = await dispatching();
  const ada = await signedIn('ada', 'admin');
  for (const [name, request] of [
    ['grow', {}],
    ['__proto__', {}],
    ['toString', {}],
    ['list-sessions', null],
    ['list-sessions', { account: 7 }],
    ['add-account', { name: 'x', password: 'short', settings: {} }],
  ] as const) {
    expect(await dispatch(name, request, ada)).toMatchObject({ ok: false, code: 'invalid' });
  }
});

it('[GW6] what fails inside is told as a fault, and logged without what was in it', async () => {
  const { dispatch, signedIn, logged } = await dispatching();
  const ada = await signedIn('ada', 'admin');
  const presence = { state: 'away', subtype: '', message: '' };
  const reply = await dispatch('set-presence', { id: '1101@default', presence, base: presence }, ada);
  expect(reply).toMatchObject({ ok: false, code: 'fault' });
  expect(JSON.stringify([reply, logged])).not.toContain('secret');
});

it('[GW11] an account gives 50 commands in five seconds at most, over all its browsers', async () => {
  const { dispatch, signedIn, accounts, sessions } = await dispatching();
  const first = await signedIn('ada', 'admin');
  const second = sessions.resolve(
    sessions.begin(accounts.find('ada')?.id ?? 0, { address: '', browser: '' }),
  );
  const other = await signedIn('bob', 'user');
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      dispatch('list-accounts', {}, index % 2 === 0 ? first : (second ?? first)),
    ),
  );
  expect(replies.filter(({ ok }) => ok)).toHaveLength(50);
  expect(replies.at(-1)).toMatchObject({ code: 'too-many' });
  expect(await dispatch('list-sessions', { account: 'bob' }, other)).toMatchObject({ ok: true });
});

it('[SE4] a password is changed with the current one only, and ends every other session', async () => {
  const { dispatch, signedIn, sessions, accounts, passwords } = await dispatching();
  const here = await signedIn('bob', 'user');
  const elsewhere = sessions.begin(here.account.id, { address: '', browser: '' });
  const change = (current: string, password: string) =>
    dispatch('change-password', { account: 'bob', current, password }, here);
  expect(await change('a guess of mine', BETTER)).toMatchObject({ code: 'wrong-credentials' });
  expect(await change(GOOD, 'password123')).toMatchObject({ code: 'weak-password' });
  expect(sessions.resolve(elsewhere)).not.toBeNull();
  expect(await change(GOOD, BETTER)).toEqual({ ok: true, value: null });
  expect(sessions.resolve(elsewhere)).toBeNull();
  expect(sessions.find(here.id)).not.toBeNull();
  expect(await passwords.verify(accounts.find('bob')?.passwordHash ?? null, BETTER)).toBe(true);
});

it('[SE4] guessing the current password with a stolen session is slowed down', async () => {
  const { dispatch, signedIn } = await dispatching();
  const here = await signedIn('bob', 'user');
  const guess = () =>
    dispatch('change-password', { account: 'bob', current: 'a guess of mine', password: BETTER }, here);
  for (let left = 5; left > 0; left--) expect(await guess()).toMatchObject({ code: 'wrong-credentials' });
  expect(await guess()).toMatchObject({ code: 'too-many' });
});

it('[SE4] an administrator sets the passwords of others, which ends their sessions, and not the own one so', async () => {
  const { dispatch, signedIn, sessions } = await dispatching();
  const ada = await signedIn('ada', 'admin');
  const bob = await signedIn('bob', 'user');
  expect(await dispatch('set-password', { account: 'Ada', password: BETTER }, ada)).toMatchObject({
    code: 'forbidden',
  });
  expect(await dispatch('set-password', { account: 'bob', password: BETTER }, ada)).toMatchObject({
    ok: true,
  });
  expect(sessions.find(bob.id)).toBeNull();
});

it('[SE4] a password that an administrator sets meanwhile is not overwritten by the change before', async () => {
  const { dispatch, signedIn, accounts } = await dispatching();
  const bob = await signedIn('bob', 'user');
  const changing = dispatch('change-password', { account: 'bob', current: GOOD, password: BETTER }, bob);
  accounts.setPassword(bob.account.id, 'what the administrator has set');
  expect(await changing).toMatchObject({ ok: false, code: 'wrong-credentials' });
  expect(accounts.find('bob')?.passwordHash).toBe('what the administrator has set');
});

it('[OB2] a group beyond the last, one without a name, and removing the favourites are refused', async () => {
  const { dispatch, signedIn } = await dispatching();
  const bob = await signedIn('bob', 'user');
  const save = (id: string, name = id) =>
    dispatch('save-group', { account: 'bob', group: { id, name, members: [] } }, bob);
  for (let count = 1; count < GROUPS_MAX; count++) expect(await save(`g${count}`)).toEqual(DONE);
  expect(await save('one more')).toMatchObject({ ok: false, code: 'full' });
  expect(await save('g1', '  ')).toMatchObject({ ok: false, code: 'invalid' });
  expect(await save('favourites', '')).toEqual(DONE);
  const remove = (group: string) => dispatch('remove-group', { account: 'bob', group }, bob);
  expect(await remove('favourites')).toMatchObject({ ok: false, code: 'invalid' });
  expect(await remove('no longer there')).toEqual(DONE);
});

it('[TP2] a template that Asterisk would not take is refused, and kept as it would arrive', async () => {
  const { dispatch, signedIn } = await dispatching();
  const ada = await signedIn('ada', 'admin');
  const template = { id: 't', name: 'Lunch', state: 'away', subtype: 'Lunch', message: 'a\r\nb', back: null };
  const save = (more: Partial<typeof template>) =>
    dispatch('save-site-template', { template: { ...template, ...more } }, ada);
  expect(await save({ message: 'x'.repeat(1000) })).toMatchObject({ ok: false, code: 'too-long' });
  expect(await save({ subtype: 'half \ud83d' })).toMatchObject({ ok: false, code: 'not-text' });
  expect(await save({ state: 'not_set' })).toMatchObject({ ok: false, code: 'invalid' });
  expect(await save({})).toEqual(DONE);
  expect(await dispatch('list-templates', { account: 'ada' }, ada)).toEqual({
    ok: true,
    value: { own: [], site: [{ ...template, message: 'a\nb' }] },
  });
});
