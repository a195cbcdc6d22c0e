import { MAX_GROUPS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from './testing/open-test-auth.ts';
import { createLoginLimiter } from './login-limiter.ts';
import type { Session } from './sessions.ts';
import { openTestDirectory } from '../directory/testing/open-test-directory.ts';
import { createAuditCommands } from '../audit/audit-log.ts';
import { createAccountCommands } from './account-commands.ts';
import { createDispatcher } from './dispatcher.ts';
import { createHealthCommands } from '../health/health.ts';
import { createCallLogCommands } from '../history/call-log.ts';
import { createHistoryCommands } from '../history/history.ts';
import { createPreferencesCommands, createUserSettingsStore } from '../preferences/user-settings.ts';
import { createPresenceCommands } from '../presence/presence-commands.ts';
import { createTemplateStore } from '../presence/template-store.ts';

const PASSWORD = 'a horse for a kingdom';
const NEW_PASSWORD = 'two horses for a kingdom';
const DONE = { ok: true, value: null };

function setup() {
  const auth = openTestAuth();
  const { db } = auth.store;
  const nothing = { subtypes: [], messages: [] };
  const logged: unknown[] = [];
  const edited: string[] = [];
  const log = { info: () => {}, warn: (...line: unknown[]) => void logged.push(line) };
  const dispatch = createDispatcher({
    handlers: {
      ...createHistoryCommands({
        history: { list: () => ({ from: 0, retentionDays: 0, entries: [] }) },
        aliasesOf: () => [],
      }),
      ...createCallLogCommands({
        callLog: { list: () => [], retentionDays: 0 },
        aliasesOf: () => [],
        sightOf: () => null,
      }),
      ...createPreferencesCommands({ userSettings: createUserSettingsStore({ db }) }),
      ...createPresenceCommands({
        edit: ({ id, presence: { state } }) => {
          edited.push(id);
          throw new Error(`a secret: ${state}`);
        },
        presenceLog: { list: () => [] },
        aliasesOf: () => [],
        templates: createTemplateStore({ db }),
        recentValues: () => ({ user: nothing, site: nothing }),
      }),
      ...createAccountCommands({ ...auth, db, loginLimiter: createLoginLimiter() }),
      ...openTestDirectory().commands,
      ...createAuditCommands({ audit: { list: () => [] } }),
      ...createHealthCommands({ read: () => ({ time: 0, pbxs: [], samples: [] }) }, new Map()),
    },
    sightOf: ({ limits }) =>
      limits === undefined
        ? null
        : { boardIds: new Map([['1103@sales', '1103@default']]), visibleIds: new Map() },
    aliases: () => new Map([['1103@sales', '1103@default']]),
    toStoreFailure: auth.writer.toFailure,
    log,
  });
  function sessionOf(name: string): Session {
    const session = auth.sessions.resolve(auth.createSession(name));
    if (session === null) throw new Error('no session');
    return session;
  }
  async function signedIn(name: string, role: 'user' | 'admin' = 'user'): Promise<Session> {
    await auth.admin.add(name, PASSWORD, { role, extensions: [], disabled: false });
    return sessionOf(name);
  }
  return { ...auth, dispatch, sessionOf, signedIn, logged, edited };
}

it('[GW6] unknown commands and invalid requests fail for every account', async () => {
  const { dispatch, signedIn } = setup();
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

it('[GW6] an internal error is reported, and logged without its message', async () => {
  const { dispatch, signedIn, logged } = setup();
  const ada = await signedIn('ada', 'admin');
  const presence = { state: 'away', subtype: '', message: '' };
  const reply = await dispatch('set-presence', { id: '1101@default', presence, base: presence }, ada);
  expect(reply).toMatchObject({ ok: false, code: 'internal-error' });
  expect(JSON.stringify([reply, logged])).not.toContain('secret');
});

it('[VI5] a command about an extension that is not visible fails as about one that does not exist', async () => {
  const { dispatch, addAccount, sessionOf } = setup();
  const limits = { pbxs: [], contexts: ['sales'], departments: [] };
  addAccount('rita', { role: 'receptionist', extensions: ['1101@default'], limits });
  const rita = sessionOf('rita');
  const presence = { state: 'away', subtype: '', message: '' };
  for (const command of ['set-presence', 'list-presence-changes', 'list-history', 'list-calls']) {
    const reply = await dispatch(command, { id: '1102@default', presence, base: presence }, rita);
    expect(reply).toMatchObject({ ok: false, code: 'unknown-extension' });
  }
  expect(await dispatch('list-history', { id: '1101@default' }, rita)).toMatchObject({ ok: true });
});

it('[KN7] an account whose only extension is a further number has the rights on its entry', async () => {
  const { dispatch, addAccount, sessionOf } = setup();
  const limits = { pbxs: [], contexts: ['sales'], departments: [] };
  addAccount('bob', { extensions: ['1103@sales'] });
  addAccount('tom', { extensions: ['1103@sales'], limits });
  const [bob, tom] = [sessionOf('bob'), sessionOf('tom')];
  for (const command of ['list-presence-changes', 'list-history', 'list-calls']) {
    for (const id of ['1103@default', '1103@sales'])
      expect(await dispatch(command, { id }, bob), id).toMatchObject({ ok: true });
    expect(await dispatch(command, { id: '1101@default' }, bob)).toMatchObject({ code: 'forbidden' });
    expect(await dispatch(command, { id: '1103@sales' }, tom)).toMatchObject({ ok: true });
    // A number that he does not see is as one that does not exist.
    expect(await dispatch(command, { id: '1103@default' }, tom)).toMatchObject({ code: 'forbidden' });
    expect(await dispatch(command, { id: '1199@default' }, tom)).toMatchObject({ code: 'forbidden' });
  }
});

it('[KN7] a command about a further number is one about its entry, but one of the directory is about the hint', async () => {
  const { dispatch, signedIn, edited } = setup();
  const ada = await signedIn('ada', 'admin');
  const presence = { state: 'away', subtype: '', message: '' };
  await dispatch('set-presence', { id: '1103@sales', presence, base: presence }, ada);
  expect(edited).toEqual(['1103@default']);
  const reply = await dispatch('save-directory-entry', { id: '1103@sales', patch: { name: 'Tom' } }, ada);
  expect(reply).toMatchObject({ message: expect.stringContaining('1103@sales') });
});

it('[GW11] limits an account to 50 commands in five seconds, over all its sessions', async () => {
  const { dispatch, sessionOf, signedIn } = setup();
  const both = [await signedIn('ada', 'admin'), sessionOf('ada')];
  const other = await signedIn('bob');
  const list = (_: unknown, index: number) => dispatch('list-accounts', {}, both[index % 2] ?? null);
  const replies = await Promise.all(Array.from({ length: 60 }, list));
  expect(replies.filter(({ ok }) => ok)).toHaveLength(50);
  expect(replies.at(-1)).toMatchObject({ code: 'too-many' });
  expect(await dispatch('list-sessions', { account: 'bob' }, other)).toMatchObject({ ok: true });
});

it('[SE4] changing a password requires the current one, and ends all other sessions', async () => {
  const { dispatch, signedIn, createSession, sessions, accounts, passwords } = setup();
  const here = await signedIn('bob');
  const elsewhere = createSession('bob');
  const change = (current: string, password: string) =>
    dispatch('change-password', { account: 'bob', current, password }, here);
  expect(await change('a guess of mine', NEW_PASSWORD)).toMatchObject({ code: 'wrong-credentials' });
  expect(await change(PASSWORD, 'password123')).toMatchObject({ code: 'weak-password' });
  expect(sessions.resolve(elsewhere)).not.toBeNull();
  expect(await change(PASSWORD, NEW_PASSWORD)).toEqual(DONE);
  expect(sessions.resolve(elsewhere)).toBeNull();
  expect(sessions.find(here.id)).not.toBeNull();
  expect(await passwords.verify(accounts.find('bob')?.passwordHash ?? null, NEW_PASSWORD)).toBe(true);
});

it('[SE4] limits guesses of the current password with a stolen session', async () => {
  const { dispatch, signedIn } = setup();
  const here = await signedIn('bob');
  const tryPassword = () =>
    dispatch('change-password', { account: 'bob', current: 'a guess of mine', password: NEW_PASSWORD }, here);
  for (let left = 5; left > 0; left--)
    expect(await tryPassword()).toMatchObject({ code: 'wrong-credentials' });
  expect(await tryPassword()).toMatchObject({ code: 'too-many' });
});

it('[SE4] administrators set passwords of others, which ends their sessions, but not their own', async () => {
  const { dispatch, signedIn, sessions } = setup();
  const ada = await signedIn('ada', 'admin');
  const bob = await signedIn('bob');
  const setPassword = (account: string) => dispatch('set-password', { account, password: NEW_PASSWORD }, ada);
  expect(await setPassword('Ada')).toMatchObject({ code: 'forbidden' });
  expect(await setPassword('bob')).toMatchObject({ ok: true });
  expect(sessions.find(bob.id)).toBeNull();
});

it('[SE4] changing a password does not overwrite one that an administrator has set in between', async () => {
  const { dispatch, signedIn, accounts } = setup();
  const bob = await signedIn('bob');
  const request = { account: 'bob', current: PASSWORD, password: NEW_PASSWORD };
  const changing = dispatch('change-password', request, bob);
  accounts.setPassword(bob.account.id, 'what the administrator has set');
  expect(await changing).toMatchObject({ ok: false, code: 'wrong-credentials' });
  expect(accounts.find('bob')?.passwordHash).toBe('what the administrator has set');
});

it('[OB2] rejects too many groups, groups without a name, and removing the favourites', async () => {
  const { dispatch, signedIn } = setup();
  const bob = await signedIn('bob');
  const save = (id: string, name = id) =>
    dispatch('save-group', { account: 'bob', group: { id, name, members: [] } }, bob);
  for (let count = 1; count < MAX_GROUPS; count++) expect(await save(`g${count}`)).toEqual(DONE);
  expect(await save('one more')).toMatchObject({ ok: false, code: 'limit-reached' });
  expect(await save('g1', '  ')).toMatchObject({ ok: false, code: 'invalid' });
  expect(await save('favourites', '')).toEqual(DONE);
  const remove = (group: string) => dispatch('remove-group', { account: 'bob', group }, bob);
  expect(await remove('favourites')).toMatchObject({ ok: false, code: 'invalid' });
  expect(await remove('no longer there')).toEqual(DONE);
});

it('[TP2] rejects a template that Asterisk would reject, and stores it as Asterisk would', async () => {
  const { dispatch, signedIn } = setup();
  const ada = await signedIn('ada', 'admin');
  const text = { subtype: 'Lunch', message: 'a\r\nb' };
  const template = { id: 't', name: 'Lunch', state: 'away', ...text, returnTime: null };
  const save = (overrides: Partial<typeof template>) =>
    dispatch('save-site-template', { template: { ...template, ...overrides } }, ada);
  expect(await save({ message: 'x'.repeat(1000) })).toMatchObject({ ok: false, code: 'too-long' });
  expect(await save({ subtype: 'half \ud83d' })).toMatchObject({ ok: false, code: 'invalid-text' });
  expect(await save({ state: 'not_set' })).toMatchObject({ ok: false, code: 'invalid' });
  expect(await save({})).toEqual(DONE);
  expect(await dispatch('list-templates', { account: 'ada' }, ada)).toEqual({
    ok: true,
    value: { user: [], site: [{ ...template, message: 'a\nb' }] },
  });
});
