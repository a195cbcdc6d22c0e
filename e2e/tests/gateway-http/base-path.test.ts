import { PAGE_PATHS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { canConnect } from '../../testkit/clients/raw-client.ts';
import { cookieOf, httpRequest, trySignIn } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { signInAtProvider } from '../../testkit/oidc/provider-sign-in.ts';
import { startProvider } from '../../testkit/oidc/start-provider.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { startForSuite, startTestGateway } from '../../testkit/site/test-site.ts';

const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const url = `${origin}/lampboard/`;
const provider = startForSuite(() => startProvider({ callbackUrls: [`${url}sso/callback`] }));
const gateway = startForSuite(() => startGateway({ port, env: provider().gatewaySettings(url) }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  httpRequest(new URL(path, origin), { headers, method });

it('[SP1] page, files and probes are below the path, and the page names nothing outside it', async () => {
  for (const path of Object.values(PAGE_PATHS)) {
    const page = await get(`/lampboard${path}`);
    expect(page.status, path).toBe(200);
    const addresses = Array.from(
      page.text.matchAll(/(?:href|src|content)="(\.?\/[^"]*)"/g),
      ([, name]) => name,
    );
    expect(addresses).toContain('/lampboard/');
    expect(addresses.length).toBeGreaterThan(6);
    for (const address of addresses) {
      expect(address).toMatch(/^\/lampboard\//);
      // Nobody is signed in.
      const status = address === '/lampboard/api/me' ? 401 : 200;
      expect((await get(address ?? '')).status, address).toBe(status);
    }
  }
  expect((await get('/lampboard/nothing', { accept: 'text/html' })).status).toBe(404);
  expect(await get('/lampboard/api/nothing')).toMatchObject({ status: 404, json: { status: 'not found' } });
  for (const path of ['/healthz', '/readyz', '/metrics', '/lampboard/healthz', '/lampboard/metrics'])
    expect((await get(path)).status, path).toBe(200);
});

it('[SP1] the page at any path is compressed, and asked for again by its tag', async () => {
  for (const [accepted, encoding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
  ] as const) {
    const page = await get('/lampboard/', { 'accept-encoding': accepted });
    expect(page.headers['content-encoding']).toBe(encoding);
    const again = await get('/lampboard/wall', { 'if-none-match': page.headers.etag ?? '' });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  }
});

it('[SP2] the cookie is for the path alone, and sockets are there only', async () => {
  const { password } = ACCOUNTS.rita;
  const answer = await trySignIn({ url }, 'rita', password);
  expect(answer.setCookies[0]).toMatch(
    /^lampboard-[0-9a-f]{8}=[^;]+; Max-Age=\d+; Path=\/lampboard\/; HttpOnly; /,
  );
  const headers = { cookie: cookieOf(answer) };
  expect(await canConnect({ url: origin }, headers, '/lampboard/socket.io')).toBe(true);
  expect(await canConnect({ url: origin }, headers, '/socket.io')).toBe(false);
});

it('[SP1] single sign-on leads to the provider, back below the path, and nowhere else', async () => {
  for (const [to, target] of [
    ['/?extension=1104%40default', '/lampboard/?extension=1104%40default'],
    ['/../../admin', '/lampboard/admin'],
    ['//evil.example/', '/lampboard/'],
  ] as const) {
    const redirect = await get(`/lampboard/sso?to=${encodeURIComponent(to)}`);
    expect(redirect.setCookies[0]).toContain('; Path=/lampboard/; ');
    const callback = await signInAtProvider({
      url: new URL(redirect.headers.location ?? ''),
      login: 'grace',
    });
    expect(callback.toString()).toContain(`${url}sso/callback?`);
    const done = await get(callback.toString(), { cookie: cookieOf(redirect) });
    expect(done.headers.location).toBe(target);
  }
  const foreign = await get('/lampboard/sso', { 'sec-fetch-site': 'cross-site' });
  expect(foreign.headers.location).toBe('/lampboard/sign-in');
  expect((await get('/lampboard/sso/callback?code=1')).headers.location).toBe(
    '/lampboard/sign-in?failure=expired',
  );
});

it('[SP3] the path without its slash leads to it, with what was asked for', async () => {
  for (const [path, target] of [
    ['/lampboard', '/lampboard/'],
    ['/lampboard?group=Sales', '/lampboard/?group=Sales'],
  ] as const) {
    const answer = await get(path);
    expect([answer.status, answer.headers.location]).toEqual([302, target]);
  }
});

it('[SP3] what a proxy passes on without the path is not found, and the log says once what to do', async () => {
  const paths = [
    '/',
    '/sign-in',
    '/api/me',
    '/api/sign-in',
    '/assets/x.js',
    '/sso',
    '/lampboards/',
    '/Lampboard/',
  ];
  for (const path of [...paths, '//lampboard/', '/%6campboard/', '/?/lampboard/']) {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await httpRequest(origin + path, { method, headers: { accept: 'text/html' } });
      expect([answer.status, answer.setCookies], `${method} ${path}`).toEqual([404, []]);
      expect(answer.json).toMatchObject({ message: expect.stringContaining(url) });
    }
  }
  const lines = (await gateway().output()).split('\n').filter((line) => line.includes('without the path'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('came without the path /lampboard/ of LAMPBOARD_PUBLIC_URL');
});

it('[SP4] below a path HSTS is not sent, for a host name of its own it is', async () => {
  for (const [path, expected] of [
    ['/lampboard/', undefined],
    ['/', 'max-age=31536000; includeSubDomains'],
  ] as const) {
    const env = { LAMPBOARD_PUBLIC_URL: `https://pbx.test${path}`, LAMPBOARD_TRUSTED_PROXIES: '127.0.0.1' };
    const proxied = await startTestGateway({ amiPort: await freePort(), env });
    const answer = await httpRequest(`${new URL(proxied.url).origin}${path}`, {
      headers: { host: 'pbx.test' },
    });
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, expected]);
  }
});
