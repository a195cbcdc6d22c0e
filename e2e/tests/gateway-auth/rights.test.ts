import { COMMANDS, type CommandName, type Role, NOT_SET, ROLES, isCommandName } from '@lampboard/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountPool,
  type PoolAccount,
  createAccountPool,
  POOL_PASSWORD,
} from '../../testkit/gateway/account-pool.ts';
import { canConnect } from '../../testkit/clients/raw-client.ts';
import { postCommand, sendCommand, signIn, trySignIn } from '../../testkit/gateway/http-client.ts';
import { startTestSite } from '../../testkit/site/test-site.ts';

/** Target of a command: the account itself and its extension, another one, or one that does not exist. */
const ABOUT = ['ownAccount', 'other', 'unknown'] as const;
type About = (typeof ABOUT)[number];

/** Results by role, in the order of `ABOUT`; a result other than `ok` changes nothing. */
const MATRIX = `
command                 user                             receptionist                     admin
set-presence            ok         forbidden  forbidden  ok         ok         no-ext     ok         ok         no-ext
list-presence-changes   ok         forbidden  forbidden  ok         ok         ok         ok         ok         ok
list-history            ok         forbidden  forbidden  ok         ok         ok         ok         ok         ok
list-calls              ok         forbidden  forbidden  ok         ok         ok         ok         ok         ok
set-preferences         ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
save-group              ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
remove-group            ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
reorder-groups          ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
list-templates          ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
save-template           ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
remove-template         ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
save-site-template      forbidden  forbidden  forbidden  ok         ok         ok         ok         ok         ok
remove-site-template    forbidden  forbidden  forbidden  ok         ok         ok         ok         ok         ok
list-recent-values      ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
list-sessions           ok         forbidden  forbidden  ok         forbidden  forbidden  ok         ok         no-account
revoke-session          ok         forbidden  forbidden  ok         forbidden  forbidden  ok         ok         no-account
revoke-sessions         ok         forbidden  forbidden  ok         forbidden  forbidden  ok         ok         no-account
change-password         ok         forbidden  forbidden  ok         forbidden  forbidden  ok         forbidden  forbidden
list-accounts           forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
add-account             forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  taken      taken      ok
change-account          forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         no-account
set-password            forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         no-account
remove-account          forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         no-account
list-name-conflicts     forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
add-invited-accounts    forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  taken      taken      ok
invite-accounts         forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         no-account
revoke-invitation       forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         no-account
list-directory          forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
save-directory-entry    forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         no-ext
set-directory-photo     forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         no-ext
preview-directory-import forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
import-directory        forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
list-audit              forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
get-health              forbidden  forbidden  forbidden  forbidden  forbidden  forbidden  ok         ok         ok
`;
const SHORT: Readonly<Record<string, string>> = {
  'no-ext': 'unknown-extension',
  'no-account': 'unknown-account',
  taken: 'name-taken',
};
const cells = new Map(
  MATRIX.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ +/))
    .map(([command = '', ...answers]) => [command, answers.map((answer) => SHORT[answer] ?? answer)]),
);
function expected(command: CommandName, role: Role, about: About): string {
  return cells.get(command)?.[ROLES.indexOf(role) * ABOUT.length + ABOUT.indexOf(about)] ?? 'no cell';
}

/** An image of one pixel. */
const PHOTO =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A valid request, so that only permissions can reject it. */
function requestOf(command: CommandName, { name, extension, session, role }: Target): object {
  const settings = { role, extensions: [extension], disabled: false };
  const presence = { state: 'away', subtype: 'By', message: `${command} ${Math.random()}` };
  switch (command) {
    case 'set-presence':
      return { id: extension, presence };
    case 'list-presence-changes':
    case 'list-history':
    case 'list-calls':
      return { id: extension };
    case 'set-preferences':
      return { account: name, preferences: { view: 'table' } };
    case 'save-group':
      return { account: name, group: { id: 'one', name: 'One', members: [extension] } };
    case 'remove-group':
      return { account: name, group: 'one' };
    case 'reorder-groups':
      return { account: name, groups: ['one'] };
    case 'save-template':
    case 'save-site-template':
      return { account: name, template: { ...presence, id: 'one', name: 'One', returnTime: null } };
    case 'remove-template':
    case 'remove-site-template':
      return { account: name, template: 'one' };
    case 'revoke-session':
      return { account: name, session };
    case 'change-password':
      return { account: name, current: POOL_PASSWORD, password: 'a quite different one' };
    case 'add-account':
      return { name, password: 'a quite different one', settings };
    case 'change-account':
      return { account: name, settings: { ...settings, extensions: [extension, '600@default'] } };
    case 'set-password':
      return { account: name, password: 'a quite different one' };
    case 'list-name-conflicts':
      return { names: [name] };
    case 'add-invited-accounts':
      return { accounts: [{ name, settings }], days: 14 };
    case 'invite-accounts':
      return { accounts: [name], days: 14 };
    case 'save-directory-entry':
      return { id: extension, patch: { department: `By ${name}` } };
    case 'set-directory-photo':
      return { id: extension, photo: PHOTO };
    case 'preview-directory-import':
    case 'import-directory':
      return { text: `extension,name\n${extension},By ${name}\n` };
    case 'list-audit':
      return { beforeId: null };
    case 'list-accounts':
    case 'list-directory':
    case 'get-health':
      return {};
    case 'list-templates':
    case 'list-recent-values':
    case 'list-sessions':
    case 'revoke-sessions':
    case 'remove-account':
    case 'revoke-invitation':
      return { account: name };
  }
}

type Target = Pick<PoolAccount, 'name' | 'extension' | 'session' | 'role'>;

const { pbx, gateway } = startTestSite();
let staff: AccountPool;
beforeAll(async () => {
  staff = await createAccountPool(gateway());
});

it('[RG3] the table below names every command', () => {
  expect([...cells.keys()]).toEqual(Object.keys(COMMANDS));
  for (const answers of cells.values()) expect(answers).toHaveLength(ROLES.length * ABOUT.length);
});

/** All state that a command could have changed, read by an administrator and from the PBX. */
async function stateOf(members: readonly PoolAccount[]): Promise<unknown> {
  return {
    presences: [await presenceOf('1102'), await presenceOf('1107')],
    accounts: await staff.accounts(),
    sessions: await Promise.all(members.map(({ name }) => staff.sessions(name))),
    templates: await Promise.all(
      members.map(({ name, cookie }) => postCommand(gateway(), cookie, 'list-templates', { account: name })),
    ),
  };
}

describe.each(ROLES)('%s', (role) => {
  it.each(Object.keys(COMMANDS).filter(isCommandName))('[RG3] %s', async (command) => {
    const self = await staff.create(role, '1102@default');
    const other = await staff.create('user', '1107@default');
    const targets: Record<About, Target> = {
      unknown: { name: `${self.name}-x`, extension: 'nobody@default', session: 'none', role: 'user' },
      other,
      ownAccount: self,
    };
    // The own account comes last: the command may end the session.
    for (const about of ['unknown', 'other', 'ownAccount'] as const) {
      const expectedCode = expected(command, role, about);
      const before = expectedCode === 'ok' ? null : await stateOf([self, other]);
      const body = requestOf(command, targets[about]);
      const base = about === 'unknown' ? NOT_SET : await presenceOf(targets[about].extension);
      const { json } = await sendCommand(gateway(), self.cookie, command, { ...body, base });
      const reply = expectedCode === 'ok' ? { ok: true } : { ok: false, code: expectedCode };
      expect(json, `${command} ${about}`).toMatchObject(reply);
      if (before !== null) expect(await stateOf([self, other]), `${command} ${about}`).toEqual(before);
    }
    const isDenied = expected(command, role, 'other') !== 'ok';
    if (isDenied && (command === 'set-password' || command === 'change-password'))
      expect((await trySignIn(gateway(), other.name, POOL_PASSWORD)).status).toBe(200);
  });
});

const presenceOf = (extension: string) => pbx().readPresence(`CustomPresence:${extension.split('@')[0]}`);

it('[RG3] nobody who is not signed in may give any command, or see anything', async () => {
  const [name] = (await signIn(gateway(), 'alice')).split('=');
  const cookies = ['', `${name}=`, `${name}=none`];
  for (const cookie of cookies) expect(await canConnect(gateway(), { cookie })).toBe(false);
  for (const command of Object.keys(COMMANDS).filter(isCommandName)) {
    const target: Target = { name: 'alice', extension: '1106@default', session: 'none', role: 'user' };
    const body = { ...requestOf(command, target), base: NOT_SET };
    for (const cookie of cookies) {
      const answer = await sendCommand(gateway(), cookie, command, body);
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ ok: false, code: 'signed-out' });
    }
  }
});

it('[RG3] what is no command is refused, whoever asks', async () => {
  const cookie = await staff.adminCookie();
  for (const name of ['no-such', 'constructor', '__proto__', 'toString', 'resync', 'snapshot']) {
    const { json, status } = await sendCommand(gateway(), cookie, name, {});
    expect(json).toMatchObject({ ok: false });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
});
