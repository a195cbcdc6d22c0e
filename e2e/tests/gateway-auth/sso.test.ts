import { expect, it } from 'vitest';
import { signInAtProvider } from '../../testkit/oidc/provider-sign-in.ts';
import { type ProviderLogin, startProvider } from '../../testkit/oidc/start-provider.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import {
  type HttpResponse,
  httpRequest,
  cookieOf,
  postCommand,
  signIn,
  accountOfCookie,
  unwrapReply,
} from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const port = await freePort();
const publicUrl = `http://127.0.0.1:${port}`;
const provider = startForSuite(() => startProvider({ callbackUrls: [`${publicUrl}/sso/callback`] }));
const gateway = startForSuite(() => startGateway({ port, env: provider().gatewaySettings(publicUrl) }));

const get = (path: string | URL, headers: Record<string, string> = {}) =>
  httpRequest(new URL(path, gateway().url), { headers });
const SESSION = /^lampboard-[0-9a-f]{8}=[^;]/;

const locationOf = ({ headers }: HttpResponse) => new URL(headers.location ?? '', gateway().url);

/** Signs in at the provider; returns the callback address and the browser's cookie. */
async function there(login: ProviderLogin, to = '/') {
  const redirect = await get(`sso?to=${encodeURIComponent(to)}`);
  const callback = await signInAtProvider({ url: locationOf(redirect), login });
  return { callback, redirect, cookie: cookieOf(redirect) };
}

/** Completes the sign-in; returns the response of the callback. */
async function roundTrip(login: ProviderLogin, to?: string): Promise<HttpResponse> {
  const { callback, cookie } = await there(login, to);
  return get(callback, { cookie });
}

it('[SS1] leads to the provider with PKCE, state and nonce, and back in to where one was heading', async () => {
  const { callback, redirect, cookie } = await there('grace', '/?extension=1104%40default');
  const params = locationOf(redirect).searchParams;
  expect([params.get('response_type'), params.get('code_challenge_method')]).toEqual(['code', 'S256']);
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(params.get(name)?.length).toBeGreaterThan(20);
  expect(redirect.setCookies[0]).toMatch(
    /^lampboard-[0-9a-f]{8}-sso=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const done = await get(callback, { cookie });
  expect(done.headers.location).toBe('/?extension=1104%40default');
  const session = done.setCookies.find((set) => SESSION.test(set));
  expect(session).toMatch(/HttpOnly; SameSite=Strict$/);
  expect(await accountOfCookie(gateway(), session?.split(';')[0] ?? '')).toBe('grace');
  expect(done.text + (await gateway().output())).not.toContain(params.get('state'));
});

it('[SS2] gives role and extensions by the claims, and lets nobody in without a role', async () => {
  await roundTrip('grace');
  const rejected = await roundTrip('eve');
  expect(locationOf(rejected).search).toBe('?failure=no-role');
  expect(rejected.setCookies.some((set) => SESSION.test(set))).toBe(false);
  const accounts = await postCommand(gateway(), await signIn(gateway(), 'ada'), 'list-accounts', {});
  const viaProvider = unwrapReply(accounts).filter(({ authMethod }) => authMethod === 'single-sign-on');
  const grace = { name: 'grace', role: 'receptionist', extensions: ['1112@default'] };
  expect(viaProvider).toMatchObject([grace]);
});

it('[SS2] never takes over an account of the same name, and a disabled one stays out', async () => {
  expect(locationOf(await roundTrip('alice')).search).toBe('?failure=name-taken');
  const admin = await signIn(gateway(), 'ada');
  await roundTrip('grace');
  const settings = { role: 'receptionist' as const, extensions: [], disabled: true };
  await postCommand(gateway(), admin, 'change-account', { account: 'grace', settings });
  expect(locationOf(await roundTrip('grace')).search).toBe('?failure=disabled');
  const enabled = { account: 'grace', settings: { ...settings, disabled: false } };
  await postCommand(gateway(), admin, 'change-account', enabled);
  expect(locationOf(await roundTrip('grace')).pathname).toBe('/');
});

it('[SS1] a callback works once, in the browser that began, and not with what was changed in it', async () => {
  const { callback, cookie } = await there('grace');
  const other = await there('grace');
  const isIn = ({ setCookies }: HttpResponse) => setCookies.some((set) => SESSION.test(set));
  expect(isIn(await get(callback))).toBe(false);
  expect(isIn(await get(callback, { cookie: other.cookie }))).toBe(false);
  const forged = new URL(callback);
  forged.searchParams.set('state', 'forged');
  expect(isIn(await get(forged, { cookie }))).toBe(false);
  expect(isIn(await get(callback, { cookie }))).toBe(true);
  const replayed = await get(callback, { cookie });
  expect([isIn(replayed), locationOf(replayed).pathname]).toEqual([false, '/sign-in']);
});

it('[SS1] no link of another site’s begins it, and none leads elsewhere afterwards', async () => {
  for (const from of ['cross-site', 'same-site']) {
    const answer = await get('sso', { 'sec-fetch-site': from });
    expect([answer.headers.location, answer.setCookies]).toEqual(['/sign-in', []]);
  }
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/..//evil.example'])
    expect(locationOf(await roundTrip('grace', to)).origin).toBe(new URL(gateway().url).origin);
});

it('[SS3] a provider that is away is told on the sign-in page, and found again when it is back', async () => {
  await gateway().kill();
  await provider().stop();
  await gateway().start();
  expect(locationOf(await get('sso')).search).toBe('?failure=failed');
  await provider().start();
  expect(locationOf(await roundTrip('grace')).pathname).toBe('/');
});

it('[SE1] ends the session that the browser had before, though its cookie does not come along', async () => {
  const before = cookieOf(await roundTrip('grace')).replace(/lampboard-\w+-sso=[^;]*;? ?/, '');
  expect(await accountOfCookie(gateway(), before)).toBe('grace');
  const redirect = await get('sso', { cookie: before });
  const callback = await signInAtProvider({ url: locationOf(redirect), login: 'grace' });
  await get(callback, { cookie: cookieOf(redirect) });
  expect(await accountOfCookie(gateway(), before)).toBeNull();
});

it('[SI12] the provider is asked by one network no more than sixty times in vain', async () => {
  const failures = async () => (await gateway().output()).split('single sign-on failed').length;
  const before = await failures();
  const cookies = await Promise.all(
    Array.from({ length: 25 }, async () => {
      const redirect = await get('sso');
      return { cookie: cookieOf(redirect), state: locationOf(redirect).searchParams.get('state') ?? '' };
    }),
  );
  const answers: HttpResponse[] = [];
  for (const { cookie, state } of [...cookies, ...cookies, ...cookies, ...cookies])
    answers.push(await get(`sso/callback?code=made-up&state=${state}`, { cookie }));
  const rejected = answers.map((answer) => locationOf(answer).searchParams.get('failure'));
  expect(rejected.filter((code) => code === 'failed').length).toBeLessThanOrEqual(60);
  expect(rejected.at(-1)).toBe('too-many');
  expect((await failures()) - before).toBeLessThanOrEqual(60);
});
