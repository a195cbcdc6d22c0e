import type { CommandRequest } from '@lampboard/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type HttpResponse,
  accountOfCookie,
  cookieOf,
  httpRequest,
  postCommand,
  sendCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { lockStore } from '../../testkit/store/store-faults.ts';
import {
  openTestClient,
  startForSuite,
  startForTest,
  startTestGateway,
} from '../../testkit/site/test-site.ts';
import { startDemoPbxUnderTest } from '../../testkit/asterisk/each-pbx.ts';
import { startProvider } from '../../testkit/oidc/start-provider.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { cpuMs } from '../../testkit/processes/proc-stats.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

const PASSWORD = 'marmalade zeppelin 3';
const BEHIND_PROXY = { LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1' };
const settings = (extension: string) => ({
  role: 'user' as const,
  extensions: [extension],
  disabled: false,
});

describe('an invitation', () => {
  const pbx = startForSuite(startDemoPbxUnderTest);
  const gateway = startForSuite(() => startGateway({ amiPort: pbx().amiPort, env: BEHIND_PROXY }));
  let ada: string;
  beforeAll(async () => {
    ada = await signIn(gateway(), 'ada');
  });

  let people = 0;
  let addresses = 0;
  const nextAddress = () => ({ 'x-forwarded-for': `10.6.${(addresses += 1)}.1` });
  const tokenOf = (url = '') => new URL(url).hash.slice(1);
  const send = (path: string, body: object, headers: Record<string, string> = nextAddress()) =>
    httpRequest(`${gateway().url}api/sign-in/${path}`, { body, headers });
  const check = (token: string, headers?: Record<string, string>) =>
    send('invitation-link', { token }, headers);
  const accept = (token: string, password = PASSWORD) => send('invitation', { token, password });

  /** Adds an account; returns its name and the token of its link. */
  async function invited(days: CommandRequest<'invite-accounts'>['days'] = 14) {
    const name = `person-${(people += 1)}-x`;
    const accounts = [{ name, settings: settings('1107@default') }];
    const added = await postCommand(gateway(), ada, 'add-invited-accounts', { accounts, days });
    return { name, token: tokenOf(unwrapReply(added).links[0]?.url) };
  }
  async function invite(account: string) {
    const reply = await postCommand(gateway(), ada, 'invite-accounts', { accounts: [account], days: 14 });
    return tokenOf(unwrapReply(reply).links[0]?.url);
  }

  it('[GW6] only administrators may send so much, and not any amount', async () => {
    const rita = await signIn(gateway(), 'rita');
    const names = (count: number) => ({
      names: Array.from({ length: count }, (_, n) => `firstname.lastname-${n}x`),
    });
    const statusOf = async (cookie: string, body: object) =>
      (await sendCommand(gateway(), cookie, 'list-name-conflicts', body)).status;
    expect(await statusOf(ada, names(1000))).toBe(200);
    expect(await statusOf(ada, names(1001))).toBe(400);
    expect(await statusOf(ada, names(20_000))).toBe(413);
    expect(await statusOf(rita, names(1000))).toBe(413);
    expect(await statusOf('', names(1000))).toBe(413);
    expect(await statusOf(rita, names(10))).toBe(403);
    expect(await statusOf('', names(10))).toBe(401);
  });

  it('[IV2] [IV6] lets the person set a password, who is signed in then, and the link is dead', async () => {
    const { name, token } = await invited();
    expect((await trySignIn(gateway(), name, '', nextAddress())).status).toBe(401);
    expect((await check(token)).json).toMatchObject({ ok: true, value: { account: name } });
    expect((await accept(token, 'password1')).json).toMatchObject({ code: 'weak-password' });
    expect((await accept(token, 'short')).status).toBe(400);
    const accepted = await accept(token);
    expect(accepted.json).toMatchObject({ ok: true, value: { name, extensions: ['1107@default'] } });
    expect(await accountOfCookie(gateway(), cookieOf(accepted))).toBe(name);
    expect((await accept(token)).json).toMatchObject({ ok: false, code: 'invalid-invitation' });
    expect((await trySignIn(gateway(), name, PASSWORD, nextAddress())).status).toBe(200);
  });

  it('[IV2] of many uses at once one is taken', async () => {
    const { token } = await invited();
    const uses = await Promise.all(Array.from({ length: 8 }, () => accept(token)));
    expect(uses.filter(({ status }) => status === 410)).toHaveLength(7);
    expect(uses.filter(({ setCookies }) => setCookies.length > 0)).toHaveLength(1);
  });

  it('[IV2] [IV7] ends the sessions of the account within a second of its use, not before', async () => {
    const { name, token } = await invited();
    const cookie = cookieOf(await accept(token));
    const client = await openTestClient(gateway(), { cookie });
    const next = await invite(name);
    expect(await accountOfCookie(gateway(), cookie)).toBe(name);
    expect(client.socket.connected).toBe(true);
    await accept(next, 'tangerine kettle 7');
    await waitUntil('the disconnection', () => !client.socket.connected, { ms: 1000 });
    expect(await accountOfCookie(gateway(), cookie)).toBeNull();
    expect((await trySignIn(gateway(), name, PASSWORD, nextAddress())).status).toBe(401);
  });

  it('[IV2] replaces the session of the browser that uses it', async () => {
    const { name, token } = await invited();
    const rita = await signIn(gateway(), 'rita');
    const body = { token, password: PASSWORD };
    const accepted = await send('invitation', body, { ...nextAddress(), cookie: rita });
    expect(accepted.json).toMatchObject({ ok: true, value: { name } });
    expect(await accountOfCookie(gateway(), rita)).toBeNull();
  });

  it('[IV3] [IV4] used, replaced, withdrawn and invented links, and those of disabled accounts, get the same answer', async () => {
    const [used, replaced, withdrawn, disabled, gone] = await Promise.all(
      Array.from({ length: 5 }, () => invited()),
    );
    await accept(used?.token ?? '');
    await invite(replaced?.name ?? '');
    await postCommand(gateway(), ada, 'revoke-invitation', { account: withdrawn?.name ?? '' });
    await gateway().cli(['account', 'disable', disabled?.name ?? '']);
    await gateway().cli(['account', 'remove', gone?.name ?? '']);
    const dead = [used, replaced, withdrawn, disabled, gone].map((one) => one?.token ?? '');
    const shape = ({ status, text, headers }: HttpResponse) => [
      status,
      text,
      Object.keys(headers).filter((name) => name !== 'date'),
    ];
    const answers = [];
    for (const token of [...dead, 'x', '', 'x'.repeat(43)]) {
      answers.push(shape(await check(token)), shape(await accept(token)));
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.[0]).toBe(410);
    expect((await check('x'.repeat(101))).status).toBe(400);
  });

  it('[IV4] guesses are slowed down as passwords are, with Retry-After, and elsewhere a link is valid', async () => {
    const { token } = await invited();
    const here = { 'x-forwarded-for': '10.77.0.1' };
    for (let guess = 0; guess < 5; guess += 1) expect((await check('one guess', here)).status).toBe(410);
    const waiting = await check('one guess', here);
    expect([waiting.status, waiting.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await check(token, here)).status).toBe(200);
    for (let guess = 0; guess < 100; guess += 1) await check(`guess ${guess}`, here);
    expect((await check(token, here)).status).toBe(429);
    expect((await trySignIn(gateway(), 'rita', 'any', here)).status).toBe(429);
    expect((await check(token, { 'x-forwarded-for': '10.77.1.1' })).status).toBe(200);
  });

  it('[IV5] is in no log, audit entry, metric or file, and no page of it is stored by the browser', async () => {
    const { name, token } = await invited();
    await check(token);
    await accept(token);
    const page = await httpRequest(`${gateway().url}invite`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers['cache-control'], page.headers['referrer-policy']]).toEqual([
      200,
      'no-store',
      'no-referrer',
    ]);
    const log = await gateway().output();
    const audit = JSON.stringify(await postCommand(gateway(), ada, 'list-audit', { beforeId: null }));
    const metrics = (await httpRequest(`${gateway().url}metrics`)).text;
    const files = await gateway().readDataFiles();
    for (const text of [log, audit, metrics, ...files]) expect(text.includes(token)).toBe(false);
    for (const text of [log, audit, metrics, ...files]) expect(text.includes(PASSWORD)).toBe(false);
    expect(log).not.toContain(name);
    expect(metrics).toContain('lampboard_sign_ins_total{method="invitation",result="ok"}');
  });

  it('[IV5] each invitation, its end and its use are in the audit log', async () => {
    const { name, token } = await invited();
    const next = await invite(name);
    await check(token);
    await postCommand(gateway(), ada, 'revoke-invitation', { account: name });
    await accept(await invite(name));
    await gateway().cli(['account', 'invite', name]);
    await check(next);
    const entries = await waitUntil('the entries', async () => {
      const all = unwrapReply(await postCommand(gateway(), ada, 'list-audit', { beforeId: null }));
      const about = all.filter(({ actor, target }) => actor === name || target === name);
      return about.length === 7 && about.toReversed();
    });
    expect(entries.map(({ event, actor, target, detail }) => [event, actor, target, detail])).toEqual([
      ['account-added', 'ada', name, 'user 1107@default invited'],
      ['invited', 'ada', name, ''],
      ['invitation-revoked', 'ada', name, ''],
      ['invited', 'ada', name, ''],
      ['invitation-accepted', name, null, ''],
      ['signed-in', name, null, 'invitation'],
      ['invited', null, name, 'command line user 1107@default'],
    ]);
  });

  it('[IV6] an attempt at an account without a password is answered as any other, equally fast', async () => {
    const { name } = await invited();
    const { pid } = gateway().child();
    const answers = new Set<string>();
    /** CPU time, which other programs do not change. */
    const times: number[] = [];
    for (const account of [name, 'rita', 'nobody']) {
      const before = await cpuMs(pid);
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const { status, text } = await trySignIn(gateway(), account, 'not this one', nextAddress());
        answers.add(`${status} ${text}`);
      }
      times.push((await cpuMs(pid)) - before);
    }
    expect(answers.size).toBe(1);
    expect(Math.max(...times) / Math.min(...times)).toBeLessThan(1.5);
  });

  it('[IV8] [AN5] links of the command line are valid in a running gateway, which follows within a second', async () => {
    const add = ['account', 'add', 'olga', '--role', 'user', '--extension', '1107@default', '--invite'];
    const added = await gateway().cli(add);
    expect(added.stdout).toMatch(new RegExp(`^${gateway().url}invite#[\\w-]{43}\\n$`));
    expect(added.stderr).toContain('once, until');
    const cookie = cookieOf(await accept(tokenOf(added.stdout.trim())));
    const client = await openTestClient(gateway(), { cookie });
    const again = await gateway().cli(['account', 'invite', 'olga', '--days', '1']);
    expect(client.socket.connected).toBe(true);
    expect((await accept(tokenOf(again.stdout.trim()), 'tangerine kettle 7')).status).toBe(200);
    await waitUntil('the disconnection', () => !client.socket.connected, { ms: 1000 });
  });

  it('[IV1] [ST6] while the store is locked nothing is added, and no link is used up', async () => {
    const { name, token } = await invited();
    const accounts = [{ name: 'late', settings: settings('1107@default') }];
    const unlock = lockStore(gateway().dataFolder);
    try {
      const added = await postCommand(gateway(), ada, 'add-invited-accounts', { accounts, days: 14 });
      expect(added).toMatchObject({ ok: false, code: 'store-unavailable' });
      expect((await accept(token)).json).toMatchObject({ ok: false, code: 'store-unavailable' });
    } finally {
      unlock();
    }
    expect((await trySignIn(gateway(), name, PASSWORD, nextAddress())).status).toBe(401);
    expect((await accept(token)).status).toBe(200);
    expect(await gateway().cli(['account', 'disable', 'late'])).toMatchObject({ code: 1 });
  });
});

it('[IV1] [GW6] 480 people are added in one command, and answered within a second', async () => {
  const gateway = await startTestGateway();
  const ada = await signIn(gateway, 'ada');
  const accounts = Array.from({ length: 480 }, (_, index) => ({
    name: `firstname.lastname-${index}x`,
    settings: settings(`${1000 + index}@from-internal-additional`),
  }));
  const names = accounts.map(({ name }) => name);
  const conflicts = await postCommand(gateway, ada, 'list-name-conflicts', { names });
  expect(conflicts).toEqual({ ok: true, value: [] });
  const began = performance.now();
  const added = await postCommand(gateway, ada, 'add-invited-accounts', { accounts, days: 14 });
  expect(performance.now() - began).toBeLessThan(1000);
  const { links, expiresAt } = unwrapReply(added);
  expect(links.map(({ account }) => account)).toEqual(names);
  expect(new Set(links.map(({ url }) => url)).size).toBe(480);
  expect(Math.abs(expiresAt - Date.now() - 14 * 86_400_000)).toBeLessThan(60_000);
  const again = await postCommand(gateway, ada, 'add-invited-accounts', { accounts, days: 14 });
  expect(again).toMatchObject({ ok: false, code: 'name-taken' });
});

it('[IV7] with single sign-on only, nobody is invited, and the command line says why', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const provider = await startForTest(startProvider({ callbackUrls: [`${url}sso/callback`] }));
  const gateway = await startTestGateway({ port, env: provider.gatewaySettings(url) });
  const ada = await signIn(gateway, 'ada');
  const link = (await gateway.cli(['account', 'invite', 'alice'])).stdout.trim();
  await gateway.kill();
  await gateway.start({ LAMPBOARD_PASSWORD_LOGIN: 'false' });
  const invited = await postCommand(gateway, ada, 'invite-accounts', { accounts: ['alice'], days: 14 });
  expect(invited).toMatchObject({ ok: false, message: expect.stringContaining('single sign-on only') });
  const command = await gateway.cli(['account', 'invite', 'alice']);
  expect(command).toMatchObject({ code: 1, stderr: expect.stringContaining('single sign-on only') });
  const body = { token: new URL(link).hash.slice(1) };
  expect((await httpRequest(`${gateway.url}api/sign-in/invitation-link`, { body })).status).toBe(410);
});
