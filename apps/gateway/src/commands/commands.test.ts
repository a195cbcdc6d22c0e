import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { createThrottle } from '../accounts/throttle.ts';
import type { Session } from '../sessions/sessions.ts';
import { createAccountCommands } from './account-commands.ts';
import { type Handlers, createDispatch } from './commands.ts';
import { createSessionCommands } from './session-commands.ts';

const GOOD = 'a horse for a kingdom';
const BETTER = 'two horses for a kingdom';

async function dispatching(presence: Partial<Handlers> = {}) {
  const identity = openTestIdentity();
  const { accounts, sessions, admin } = identity;
  const logged: unknown[] = [];
  const log = { info: () => {}, warn: (...line: unknown[]) => void logged.push(line) };
  const dispatch = createDispatch({
    handlers: {
      'set-presence': ({ presence: { state } }) => {
        throw new Error(`a secret: ${state}`);
      },
      'list-edits': () => ({ ok: true, value: [] }),
      ...presence,
      ...createSessionCommands({ ...identity, throttle: createThrottle() }),
      ...createAccountCommands(identity),
    },
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
