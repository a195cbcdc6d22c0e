import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../testkit/processes/free-port.ts';
import {
  httpRequest,
  cookieOf,
  postCommand,
  sendCommand,
  signIn,
  trySignIn,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { openTestClient, startTestGateway, startForSuite } from '../../testkit/site/test-site.ts';
import { makeCertificate } from '../../testkit/gateway/certificate.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';

const folder = startForSuite(makeTempFolder);
let tls: Awaited<ReturnType<typeof makeCertificate>>;
beforeAll(async () => {
  tls = await makeCertificate(folder().path);
});

const PUBLIC = 'https://lampboard.test';
const MISSING = 'Nothing is served there yet';
const ON_ALL = { LAMPBOARD_HOST: '0.0.0.0' };
const RITA = ACCOUNTS.rita.password;

async function startBehindProxy(address: string) {
  const env = { LAMPBOARD_PUBLIC_URL: PUBLIC, LAMPBOARD_TRUSTED_PROXIES: address };
  return startTestGateway({ amiPort: await freePort(), env });
}

it('[GW4] on a public address without TLS it says all that is missing and serves nothing', async () => {
  await expect(startGateway({ env: ON_ALL })).rejects.toThrow(
    /LAMPBOARD_HOST is 0\.0\.0\.0, which others can reach.*LAMPBOARD_AMI_HOST.*LAMPBOARD_PUBLIC_URL.*LAMPBOARD_TLS_CERT.*LAMPBOARD_TRUSTED_PROXIES/,
  );
});

it('[GW4] on a public address without an account it says so and serves nothing', async () => {
  const env = { ...ON_ALL, ...tls, LAMPBOARD_PUBLIC_URL: PUBLIC };
  const amiPort = await freePort();
  const started = startGateway({ amiPort, accounts: false, env });
  await expect(started).rejects.toThrow(/missing: an account: .*account add/);
  await expect(startGateway({ amiPort, accounts: false, env: ON_ALL })).rejects.toThrow(MISSING);
});

it('[TL1] files that do not fit stop the start with one line', async () => {
  const env = { LAMPBOARD_TLS_CERT: tls.LAMPBOARD_TLS_KEY, LAMPBOARD_TLS_KEY: tls.LAMPBOARD_TLS_KEY };
  const line = /Lampboard: LAMPBOARD_TLS_CERT names .* no PEM certificate/;
  await expect(startGateway({ env })).rejects.toThrow(line);
});

it('[GW7] behind a proxy that is trusted, the address it tells counts; what came along to it does not', async () => {
  const gateway = await startBehindProxy('127.0.0.1');
  const host = { host: 'lampboard.test', origin: PUBLIC };
  for (const [setting, expected] of [
    ['198.51.100.7', '198.51.100.7'],
    ['203.0.113.1, 198.51.100.8', '198.51.100.8'],
  ] as const) {
    const answer = await trySignIn(gateway, 'rita', RITA, { ...host, 'x-forwarded-for': setting });
    expect(answer.setCookies[0]).toMatch(
      /^__Host-lampboard-[0-9a-f]{8}=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const reply = await postCommand(gateway, cookieOf(answer), 'list-sessions', { account: 'rita' });
    expect(unwrapReply(reply).find(({ current }) => current)).toMatchObject({ address: expected });
  }
  const stranger = await trySignIn(gateway, 'rita', RITA, { ...host, origin: 'https://evil.test' });
  expect([stranger.status, stranger.setCookies]).toEqual([403, []]);
});

it('[SI11] nobody signs in, or gets a page to do so, round the proxy that speaks TLS', async () => {
  const gateway = await startBehindProxy('192.0.2.1');
  const host = { host: 'lampboard.test', origin: PUBLIC, 'x-forwarded-for': '198.51.100.7' };
  const answer = await trySignIn(gateway, 'rita', RITA, host);
  expect([answer.status, answer.setCookies]).toEqual([403, []]);
  expect(answer.text).toContain(PUBLIC);
  for (const path of ['', 'sign-in', 'api/sign-in', 'setup?token=1']) {
    const page = await httpRequest(`${gateway.url}${path}`, { headers: { accept: 'text/html' } });
    expect([page.status, page.text.includes(PUBLIC)], path).toEqual([403, true]);
  }
  expect((await httpRequest(`${gateway.url}healthz`)).status).toBe(200);
});

it('[GW9] every answer has the headers that keep it from being used otherwise, whatever was asked', async () => {
  const gateway = await startTestGateway();
  for (const [path, options] of [
    ['', { headers: { accept: 'text/html' } }],
    ['healthz', {}],
    ['api/me', {}],
    ['api/nothing', {}],
    ['assets/nothing.js', {}],
    ['api/sign-in', { body: '{"broken' }],
    ['api/sign-in', { body: 'x=1', headers: { 'content-type': 'text/plain' } }],
    ['api/sign-in', { body: 'x=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['api/sign-in', { body: { account: 'x'.repeat(20_000), password: '' } }],
    ['api/sign-in', { method: 'OPTIONS' }],
    ['', { method: 'TRACE' }],
  ] as const) {
    const { status, headers, text } = await httpRequest(`${gateway.url}${path}`, options);
    expect(headers, `${path} ${status}`).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/stack|node_modules|FST_/);
    if (path.startsWith('api/')) expect(headers['cache-control']).toBe('no-store');
  }
});

it('[RG3] without a session nothing is told and nothing is done', async () => {
  const gateway = await startTestGateway();
  const client = await openTestClient(gateway);
  const before = client.presence('1104@default');
  const [name] = (await signIn(gateway, 'rita')).split('=');
  for (const cookie of ['', `${name}=`, `${name}=forged`, `__Host-${name}=forged`]) {
    expect((await httpRequest(`${gateway.url}api/me`, { headers: { cookie } })).status).toBe(401);
    const presence = { state: 'xa', subtype: '', message: 'forged' };
    const command = { id: '1104@default', presence, base: before };
    for (const name of ['set-presence', 'list-accounts', 'nothing']) {
      const answer = await sendCommand(gateway, cookie, name, command);
      expect(answer).toMatchObject({ status: 401, json: { ok: false, code: 'signed-out' } });
    }
  }
});
