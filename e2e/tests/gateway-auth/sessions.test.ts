import { beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { canConnect } from '../../testkit/clients/raw-client.ts';
import type { BoardClient } from '../../testkit/clients/board-client.ts';
import {
  httpRequest,
  cookieOf,
  postCommand,
  sendCommand,
  signIn,
  trySignIn,
  unwrapReply,
  accountOfCookie,
} from '../../testkit/gateway/http-client.ts';
import { type AccountPool, createAccountPool, POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { type RunningGateway, startGateway } from '../../testkit/gateway/start-gateway.ts';
import { openTestClient, startTestGateway, startForSuite } from '../../testkit/site/test-site.ts';

/** Maximum milliseconds until a revoked session or a changed role affects open clients. */
const COUNTS_WITHIN_MS = 1000;

const gateway = startForSuite(() => startGateway({}));
let staff: AccountPool;
beforeAll(async () => {
  staff = await createAccountPool(gateway());
});

const cut = ({ socket }: BoardClient, ms = COUNTS_WITHIN_MS) =>
  waitUntil('the board to be cut', () => !socket.connected, { ms });

const signOut = ({ url }: RunningGateway, cookie: string) =>
  httpRequest(`${url}api/sign-out`, { method: 'POST', headers: { cookie } });

describe('the cookie', () => {
  it('[SE1] is new at each sign-in, and whatever cookie came along is not taken over', async () => {
    const { password } = ACCOUNTS.alice;
    const [name] = (await signIn(gateway(), 'alice')).split('=');
    const planted = `${name}=${'A'.repeat(43)}`;
    const first = await trySignIn(gateway(), 'alice', password, { cookie: planted });
    expect(cookieOf(first)).not.toBe(planted);
    expect(await accountOfCookie(gateway(), planted)).toBeNull();

    const attackers = await signIn(gateway(), 'rita');
    const second = await trySignIn(gateway(), 'alice', password, { cookie: attackers });
    expect(cookieOf(second)).not.toBe(attackers);
    expect(await accountOfCookie(gateway(), cookieOf(second))).toBe('alice');
    expect(cookieOf(second)).not.toBe(cookieOf(first));
  });

  it('[SE1] signing in ends the session that the browser had before', async () => {
    const before = await signIn(gateway(), 'alice');
    await trySignIn(gateway(), 'rita', ACCOUNTS.rita.password, { cookie: before });
    expect(await accountOfCookie(gateway(), before)).toBeNull();
  });

  it('[SE1] holds 256 random bits, which no script reads and no other site’s page sends', async () => {
    const { setCookies, text } = await trySignIn(gateway(), 'alice', ACCOUNTS.alice.password);
    expect(setCookies).toHaveLength(1);
    const [pair = '', ...attributes] = (setCookies[0] ?? '').split('; ');
    expect(pair).toMatch(/^lampboard-[0-9a-f]{8}=[\w-]{43}$/);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
    expect(attributes.some((attribute) => attribute.startsWith('Domain'))).toBe(false);
    expect(text).not.toContain(pair.split('=')[1]);
  });

  it('[SE1] signs in nobody where it is forged, altered, cut, doubled or another gateway’s', async () => {
    const good = await signIn(gateway(), 'alice');
    const [name = '', token = ''] = good.split('=');
    const foreign = await signIn(await startTestGateway(), 'alice');
    const sessions = unwrapReply(await postCommand(gateway(), good, 'list-sessions', { account: 'alice' }));
    const ids = sessions.map(({ id }) => id);
    const altered = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    const json = Buffer.from('{"account":"ada"}').toString('base64url');
    const similar = [altered, token.slice(1), `${token}A`, token.toLowerCase(), `${token}%00`];
    const forged = ['', ...similar, json, "' OR 1=1 --", ...ids];
    for (const value of forged)
      expect(await accountOfCookie(gateway(), `${name}=${value}`), value).toBeNull();
    expect(await accountOfCookie(gateway(), foreign)).toBeNull();
    expect(await accountOfCookie(gateway(), `__Host-${good}`)).toBeNull();
    expect(await accountOfCookie(gateway(), `${name.toUpperCase()}=${token}`)).toBeNull();
    expect(await accountOfCookie(gateway(), good)).toBe('alice');
  });
});

it('[CF15] two gateways on one host name, at different ports, leave each other’s sessions alone', async () => {
  const other = await startTestGateway();
  // A browser shares cookies between all ports of a host.
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  async function signInOnPage(served: RunningGateway, account: 'alice' | 'rita'): Promise<void> {
    const answer = await trySignIn(served, account, ACCOUNTS[account].password, { cookie: cookies() });
    const [name = '', value = ''] = cookieOf(answer).split('=');
    jar.set(name, value);
  }
  await signInOnPage(gateway(), 'alice');
  await signInOnPage(other, 'rita');
  expect(await accountOfCookie(gateway(), cookies())).toBe('alice');
  expect(await accountOfCookie(other, cookies())).toBe('rita');
  await other.kill();
  await other.start();
  expect(await accountOfCookie(other, cookies())).toBe('rita');
});

describe('an end', () => {
  it('[SE3] signing out ends the session and cuts its boards, and no other', async () => {
    const cookie = await signIn(gateway(), 'alice');
    const [board, same, other] = await Promise.all([
      openTestClient(gateway(), { cookie }),
      openTestClient(gateway(), { cookie }),
      openTestClient(gateway(), { as: 'alice' }),
    ]);
    const answer = await signOut(gateway(), cookie);
    expect(answer.status).toBe(200);
    expect(answer.setCookies.join()).toMatch(/^lampboard-[0-9a-f]{8}=;.*Max-Age=0/);
    await Promise.all([cut(board), cut(same)]);
    expect(await accountOfCookie(gateway(), cookie)).toBeNull();
    const rejected = await sendCommand(gateway(), cookie, 'list-sessions', { account: 'alice' });
    expect(rejected).toMatchObject({ status: 401, json: { ok: false, code: 'signed-out' } });
    expect(await canConnect(gateway(), { cookie })).toBe(false);
    expect(other.socket.connected).toBe(true);
  });

  it.each(['disable', 'remove'] as const)(
    '[SE3] %s on the command line cuts boards within a second, and nobody signs in any more',
    async (command) => {
      const { name, cookie } = await staff.create('user');
      const client = await openTestClient(gateway(), { cookie });
      const { code, stderr } = await gateway().cli(['account', command, name]);
      expect(code, stderr).toBe(0);
      await cut(client);
      expect(await accountOfCookie(gateway(), cookie)).toBeNull();
      expect((await trySignIn(gateway(), name, POOL_PASSWORD)).status).toBe(401);
    },
  );

  it('[SE3] another role or other extensions count on open boards at once, without a new sign-in', async () => {
    const { name, cookie } = await staff.create('receptionist');
    const client = await openTestClient(gateway(), { cookie });
    expect(client.me()).toMatchObject({ name, role: 'receptionist' });
    expect(await client.command('list-presence-changes', { id: '1107@default' })).toMatchObject({ ok: true });

    await gateway().cli(['account', 'change', name, '--role', 'user', '--extension', '1108@default']);
    await client.waitUntil('the lesser rights', () => client.me()?.role === 'user', COUNTS_WITHIN_MS);
    expect(client.me()?.extensions).toEqual(['1108@default']);
    for (const [id, answer] of [
      ['1107@default', { ok: false, code: 'forbidden' }],
      ['1106@default', { ok: false, code: 'forbidden' }],
      ['1108@default', { ok: true }],
    ] as const)
      expect(await client.command('list-presence-changes', { id })).toMatchObject(answer);

    const settings = { role: 'admin' as const, extensions: [], disabled: false };
    await postCommand(gateway(), await staff.adminCookie(), 'change-account', { account: name, settings });
    await client.waitUntil('the greater rights', () => client.me()?.role === 'admin', COUNTS_WITHIN_MS);
    expect(await client.command('list-accounts', {})).toMatchObject({ ok: true });
  });

  it('[SE4] a changed password ends every other session; one that an administrator sets ends all', async () => {
    const { name, cookie } = await staff.create('user');
    const another = await signIn(gateway(), { account: name, password: POOL_PASSWORD });
    const board = await openTestClient(gateway(), { cookie });
    const other = await openTestClient(gateway(), { cookie: another });
    const change = { account: name, current: 'not that one', password: 'marmalade zeppelin 3' };
    expect(await board.command('change-password', change)).toMatchObject({ code: 'wrong-credentials' });
    expect(other.socket.connected).toBe(true);
    const changed = await board.command('change-password', { ...change, current: POOL_PASSWORD });
    expect(changed).toMatchObject({ ok: true });
    await cut(other);
    expect(board.socket.connected).toBe(true);
    expect((await trySignIn(gateway(), name, POOL_PASSWORD)).status).toBe(401);

    const set = ['account', 'set-password', name, '--password-stdin'];
    const { code, stderr } = await gateway().cli(set, 'pineapple lantern 5\n');
    expect(code, stderr).toBe(0);
    await cut(board);
    expect((await trySignIn(gateway(), name, 'pineapple lantern 5')).status).toBe(200);
  });
});

describe('the list', () => {
  it('[SE3] shows one’s sign-ins with the one that asks, and ends each or all of them', async () => {
    const { name, cookie } = await staff.create('user');
    const answer = await httpRequest(`${gateway().url}api/sign-in`, {
      body: { account: name, password: POOL_PASSWORD },
      headers: { 'user-agent': 'Telephone of mine' },
    });
    const phone = cookieOf(answer);
    const third = await signIn(gateway(), { account: name, password: POOL_PASSWORD });
    const client = await openTestClient(gateway(), { cookie: third });

    const sessions = unwrapReply(await postCommand(gateway(), cookie, 'list-sessions', { account: name }));
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const mine = sessions.find(({ userAgent: browser }) => browser === 'Telephone of mine');
    expect(mine).toMatchObject({ current: false, address: '127.0.0.1' });
    expect(JSON.stringify(sessions)).not.toContain(phone.split('=')[1]);

    const revoke = () =>
      postCommand(gateway(), cookie, 'revoke-session', { account: name, session: mine?.id ?? '' });
    expect(await revoke()).toMatchObject({ ok: true });
    expect(await accountOfCookie(gateway(), phone)).toBeNull();
    expect(await revoke()).toMatchObject({ code: 'unknown-session' });

    expect(await client.command('revoke-sessions', { account: name })).toMatchObject({ ok: true });
    await cut(client);
    for (const one of [cookie, third]) expect(await accountOfCookie(gateway(), one)).toBeNull();
  });

  it('[SE3] an administrator sees and ends the sign-ins of everybody', async () => {
    const { name, session, cookie } = await staff.create('user');
    const admin = await staff.adminCookie();
    expect(await staff.sessions(name)).toEqual([session]);
    const client = await openTestClient(gateway(), { cookie });
    const reply = await postCommand(gateway(), admin, 'revoke-session', { account: name, session });
    expect(reply).toMatchObject({ ok: true });
    await cut(client);
  });
});

describe('time', () => {
  const seconds = (count: number, unit: number) => String(count / unit);

  it('[SE2] ends a session that is not used, while an open board keeps it', async () => {
    const short = await startTestGateway({ env: { LAMPBOARD_SESSION_IDLE_HOURS: seconds(2, 3600) } });
    const [unused, used] = [await signIn(short, 'alice'), await signIn(short, 'rita')];
    const client = await openTestClient(short, { cookie: used });
    const isEnded = async () => (await accountOfCookie(short, unused)) === null;
    await waitUntil('the unused one to end', isEnded, { ms: 4000, everyMs: 3000 });
    expect(await accountOfCookie(short, unused)).toBeNull();
    expect(client.socket.connected).toBe(true);
    expect(await accountOfCookie(short, used)).toBe('rita');
  });

  it('[SE2] ends every session after the longest time, an open board too', async () => {
    const short = await startTestGateway({ env: { LAMPBOARD_SESSION_MAX_DAYS: seconds(3, 86_400) } });
    const cookie = await signIn(short, 'rita');
    const client = await openTestClient(short, { cookie });
    await cut(client, 5000);
    expect(await accountOfCookie(short, cookie)).toBeNull();
  });

  it('[SE2] sessions outlive a restart of the gateway, and ended ones stay ended', async () => {
    const second = await startTestGateway();
    const [cookie, ended] = [await signIn(second, 'alice'), await signIn(second, 'rita')];
    await signOut(second, ended);
    await second.kill();
    await second.start();
    expect(await accountOfCookie(second, cookie)).toBe('alice');
    expect(await accountOfCookie(second, ended)).toBeNull();
  });

  it('[SE1] what lies on the disk signs nobody in', async () => {
    const cookie = await signIn(gateway(), 'alice');
    const token = cookie.split('=')[1] ?? '';
    const contents = await gateway().readDataFiles();
    for (const secret of [token, Buffer.from(token, 'base64url'), ACCOUNTS.alice.password])
      for (const content of contents) expect(content.includes(secret)).toBe(false);
    const hash = '$argon2id$v=19$m=19456,t=2,p=1$';
    expect(contents.some((content) => content.includes(hash))).toBe(true);
  });
});
