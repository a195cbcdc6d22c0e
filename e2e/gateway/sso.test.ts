import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CookieJar, signInThere } from '../oidc/sign-in-there.ts';
import { type ProviderLogin, type RunningProvider, startProvider } from '../oidc/start-provider.ts';
import { freePort } from '../processes/free-port.ts';
import { type Answer, request } from './request.ts';
import { cookieOf, postCommand, signIn, whoIs } from './sign-in.ts';
import { type RunningGateway, startGateway } from './start-gateway.ts';

let provider: RunningProvider;
let gateway: RunningGateway;
beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  provider = await startProvider({ callbackUrls: [`${publicUrl}/sso/callback`] });
  gateway = await startGateway({
    port,
    env: {
      LAMPBOARD_PUBLIC_URL: publicUrl,
      LAMPBOARD_OIDC_ISSUER: provider.issuer,
      LAMPBOARD_OIDC_CLIENT_ID: provider.clientId,
      LAMPBOARD_OIDC_CLIENT_SECRET: provider.clientSecret,
      LAMPBOARD_OIDC_NAME: 'Example ID',
      LAMPBOARD_OIDC_SCOPES: 'openid profile email groups extension',
      LAMPBOARD_OIDC_ROLES: 'reception=receptionist,pbx-admins=admin,staff=user',
      LAMPBOARD_OIDC_EXTENSION_CLAIM: 'extension',
    },
  });
});
afterAll(async () => {
  await gateway.stop();
  await provider.stop();
});

const get = (path: string | URL, headers: Record<string, string> = {}) =>
  request(new URL(path, gateway.url), { headers });
const SESSION = /^lampboard-[0-9a-f]{8}=[^;]/;

const placeOf = ({ headers }: Answer) => new URL(headers.location ?? '', gateway.url);

/** Goes to the provider and signs in there; what the provider leads back to, and what the browser kept meanwhile. */
async function there(login: ProviderLogin, to = '/', cookies: CookieJar = new Map()) {
  const begun = await get(`sso?to=${encodeURIComponent(to)}`);
  return {
    callback: await signInThere({ url: placeOf(begun), login, cookies }),
    begun,
    cookie: cookieOf(begun),
  };
}

/** The whole way; what the callback answers. */
async function roundTrip(login: ProviderLogin, to?: string): Promise<Answer> {
  const { callback, cookie } = await there(login, to);
  return get(callback, { cookie });
}

it('[SS1] leads to the provider with PKCE, state and nonce, and back in to where one was heading', async () => {
  const { callback, begun, cookie } = await there('grace', '/?extension=1104%40default');
  const asked = placeOf(begun).searchParams;
  expect([asked.get('response_type'), asked.get('code_challenge_method')]).toEqual(['code', 'S256']);
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(asked.get(name)?.length).toBeGreaterThan(20);
  expect(begun.setCookies[0]).toMatch(
    /^lampboard-[0-9a-f]{8}-sso=[^;]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const done = await get(callback, { cookie });
  expect(done.headers.location).toBe('/?extension=1104%40default');
  const session = done.setCookies.find((set) => SESSION.test(set));
  expect(session).toMatch(/HttpOnly; SameSite=Strict$/);
  expect(await whoIs(gateway, session?.split(';')[0] ?? '')).toBe('grace');
  expect(done.text + (await gateway.output())).not.toContain(asked.get('state'));
});

it('[SS2] gives role and extensions by the claims, and lets nobody in without a role', async () => {
  await roundTrip('grace');
  const refused = await roundTrip('eve');
  expect(placeOf(refused).search).toBe('?refused=no-role');
  expect(refused.setCookies.some((set) => SESSION.test(set))).toBe(false);
  const accounts = await postCommand(gateway, await signIn(gateway, 'ada'), 'list-accounts', {});
  expect(accounts.ok && accounts.value.filter(({ proof }) => proof === 'single-sign-on')).toMatchObject([
    { name: 'grace', role: 'receptionist', extensions: ['1112@default'] },
  ]);
});

it('[SS2] never takes over an account of the same name, and a disabled one stays out', async () => {
  expect(placeOf(await roundTrip('alice')).search).toBe('?refused=name-taken');
  const admin = await signIn(gateway, 'ada');
  await roundTrip('grace');
  const settings = { role: 'receptionist' as const, extensions: [], disabled: true };
  await postCommand(gateway, admin, 'change-account', { account: 'grace', settings });
  expect(placeOf(await roundTrip('grace')).search).toBe('?refused=disabled');
  await postCommand(gateway, admin, 'change-account', {
    account: 'grace',
    settings: { ...settings, disabled: false },
  });
  expect(placeOf(await roundTrip('grace')).pathname).toBe('/');
});

it('[SS1] a callback works once, in the browser that began, and not with what was changed in it', async () => {
  const { callback, cookie } = await there('grace');
  const other = await there('grace');
  const isIn = ({ setCookies }: Answer) => setCookies.some((set) => SESSION.test(set));
  expect(isIn(await get(callback))).toBe(false);
  expect(isIn(await get(callback, { cookie: other.cookie }))).toBe(false);
  const forged = new URL(callback);
  forged.searchParams.set('state', 'forged');
  expect(isIn(await get(forged, { cookie }))).toBe(false);
  expect(isIn(await get(callback, { cookie }))).toBe(true);
  const replayed = await get(callback, { cookie });
  expect([isIn(replayed), placeOf(replayed).pathname]).toEqual([false, '/sign-in']);
});

it('[SS1] no link of another site’s begins it, and none leads elsewhere afterwards', async () => {
  for (const from of ['cross-site', 'same-site']) {
    const answer = await get('sso', { 'sec-fetch-site': from });
    expect([answer.headers.location, answer.setCookies]).toEqual(['/sign-in', []]);
  }
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    String.raw`/\evil.example`,
    '/..//evil.example',
  ]) {
    expect(placeOf(await roundTrip('grace', to)).origin).toBe(new URL(gateway.url).origin);
  }
});

it('[SS3] a provider that is away is told on the sign-in page, and found again when it is back', async () => {
  await gateway.kill();
  await provider.stop();
  await gateway.start();
  expect(placeOf(await get('sso')).search).toBe('?refused=failed');
  await provider.start();
  expect(placeOf(await roundTrip('grace')).pathname).toBe('/');
});

it('[SE1] ends the session that the browser had before, though its cookie does not come along', async () => {
  const before = cookieOf(await roundTrip('grace')).replace(/lampboard-\w+-sso=[^;]*;? ?/, '');
  expect(await whoIs(gateway, before)).toBe('grace');
  const begun = await get('sso', { cookie: before });
  const callback = await signInThere({ url: placeOf(begun), login: 'grace' });
  await get(callback, { cookie: cookieOf(begun) });
  expect(await whoIs(gateway, before)).toBeNull();
});

it('[SI12] the provider is asked by one network no more than sixty times in vain', async () => {
  const failures = async () => (await gateway.output()).split('single sign-on failed').length;
  const before = await failures();
  const cookies = await Promise.all(
    Array.from({ length: 25 }, async () => {
      const begun = await get('sso');
      return { cookie: cookieOf(begun), state: placeOf(begun).searchParams.get('state') ?? '' };
    }),
  );
  const answers: Answer[] = [];
  for (const { cookie, state } of [...cookies, ...cookies, ...cookies, ...cookies])
    answers.push(await get(`sso/callback?code=made-up&state=${state}`, { cookie }));
  const refused = answers.map((answer) => placeOf(answer).searchParams.get('refused'));
  expect(refused.filter((code) => code === 'failed').length).toBeLessThanOrEqual(60);
  expect(refused.at(-1)).toBe('too-many');
  expect((await failures()) - before).toBeLessThanOrEqual(60);
});
