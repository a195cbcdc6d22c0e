import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { secretKey } from '../../platform/store/secret-key.ts';
import { openTestAuth } from '../testing/open-test-auth.ts';
import type { SingleSignOnConfig } from '../../config/oidc.ts';
import { createSingleSignOn } from './single-sign-on.ts';
import { type FakeIssuerOptions, type FakeIssuer, startFakeIssuer } from './testing/fake-issuer.ts';

const CALLBACK = new URL('https://board.example/sso/callback');

const running: FakeIssuer[] = [];
afterEach(async () => {
  for (const provider of running.splice(0)) await provider.close();
});

async function startIssuer(options: FakeIssuerOptions = {}): Promise<FakeIssuer> {
  const claims = options.claims ?? ((all) => ({ ...all, preferred_username: 'Ada', groups: ['desk'] }));
  const started = await startFakeIssuer({ ...options, claims });
  running.push(started);
  return started;
}

function signOn(url: URL, config: Partial<SingleSignOnConfig> = {}, key: Uint8Array = randomBytes(32)) {
  const logged: unknown[] = [];
  let now = Date.now();
  const sso = createSingleSignOn({
    config: {
      issuer: url,
      clientId: 'lampboard',
      clientSecret: 'hush hush',
      label: 'Example',
      scopes: 'openid profile',
      accountClaim: 'preferred_username',
      roleClaim: 'groups',
      roles: new Map([['desk', 'receptionist']]),
      extensionClaim: null,
      context: 'default',
      ...config,
    },
    callbackUrl: CALLBACK,
    key,
    log: { info: () => {}, warn: (...args: readonly unknown[]) => void logged.push(args) },
    clock: { now: () => now },
    requestTimeoutMs: 500,
  });
  async function begin(returnTo = '/') {
    const request = await sso.begin({ returnTo, previousSessionId: 'a session before' });
    if (!request.ok) throw new Error('It did not begin.');
    return request;
  }
  const advance = (ms: number) => void (now += ms);
  return { sso, begin, advance, logged: () => JSON.stringify(logged) };
}

/** Runs a complete sign-in. */
async function run(provider: FakeIssuer, config: Partial<SingleSignOnConfig> = {}) {
  const { sso, begin, logged } = signOn(provider.url, config);
  const { url, sealedState } = await begin();
  return { result: await sso.finish(provider.authorize(url), sealedState), logged };
}

it('[SS1] redirects to the provider with PKCE, state and nonce, and returns name, role and path', async () => {
  const provider = await startIssuer();
  const { sso, begin } = signOn(provider.url);
  const { url, sealedState } = await begin('/?group=Sales#x');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'lampboard',
    redirect_uri: CALLBACK.href,
    scope: 'openid profile',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await sso.finish(provider.authorize(url), sealedState)).toEqual({
    ok: true,
    subject: `${provider.url.href} subject-1`,
    name: 'Ada',
    role: 'receptionist',
    extensions: [],
    returnTo: '/?group=Sales#x',
    previousSessionId: 'a session before',
  });
});

it('[SS1] the state is encrypted', async () => {
  const provider = await startIssuer();
  const { url, sealedState } = await signOn(provider.url).begin();
  for (const part of sealedState.split('.')) {
    expect(Buffer.from(part, 'base64url').toString()).not.toContain(url.searchParams.get('state'));
  }
});

it.each([
  ['https://evil.example/x', '/'],
  ['//evil.example', '/'],
  ['/..//evil.example', '/'],
  [String.raw`/\evil.example`, '/'],
  ['javascript:alert(1)', '/'],
  ['/people?q=a', '/people?q=a'],
])('[SS1] the return path %j becomes %j', async (returnTo, path) => {
  const provider = await startIssuer();
  const { sso, begin } = signOn(provider.url);
  const { url, sealedState } = await begin(returnTo);
  expect(await sso.finish(provider.authorize(url), sealedState)).toMatchObject({ returnTo: path });
});

it('[SS1] a callback succeeds once, also concurrently', async () => {
  const provider = await startIssuer();
  const { sso, begin } = signOn(provider.url);
  const { url, sealedState } = await begin();
  const callbackUrl = provider.authorize(url);
  const both = await Promise.all([
    sso.finish(callbackUrl, sealedState),
    sso.finish(callbackUrl, sealedState),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const tokens = () => provider.requests.filter(({ requestLine }) => requestLine === 'POST /token').length;
  expect(await sso.finish(callbackUrl, sealedState)).toEqual({ ok: false, code: 'failed' });
  expect(await sso.finish(provider.authorize(url), sealedState)).toEqual({ ok: false, code: 'failed' });
  expect(tokens()).toBe(1);
});

it('[SS1] rejects a wrong, a foreign and a missing state', async () => {
  const provider = await startIssuer();
  const { sso, begin } = signOn(provider.url);
  const first = await begin();
  const second = await begin();
  expect(await sso.finish(provider.authorize(second.url), first.sealedState)).toEqual({
    ok: false,
    code: 'failed',
  });
  expect(await sso.finish(provider.authorize(first.url), undefined)).toEqual({ ok: false, code: 'expired' });
  expect(provider.requests.map(({ requestLine }) => requestLine)).not.toContain('POST /token');
  // Rejections without a request to the provider do not use up the state.
  expect(await sso.finish(provider.authorize(first.url), first.sealedState)).toMatchObject({ ok: true });
});

it('[SG7] a sign-in may begin and end at different gateways of one store', async () => {
  const provider = await startIssuer();
  const { db } = openTestAuth().store;
  const [here, there] = [
    signOn(provider.url, {}, secretKey(db, 'sso')),
    signOn(provider.url, {}, secretKey(db, 'sso')),
  ];
  const { url, sealedState } = await here.begin();
  expect(await there.sso.finish(provider.authorize(url), sealedState)).toMatchObject({ ok: true });
});

it('[SS1] a state is valid for ten minutes, and only for this Lampboard', async () => {
  const provider = await startIssuer();
  const { sso, begin, advance } = signOn(provider.url);
  const { url, sealedState } = await begin();
  const other = signOn(provider.url);
  expect(await other.sso.finish(provider.authorize(url), sealedState)).toEqual({
    ok: false,
    code: 'expired',
  });
  advance(10 * 60_000 + 1000);
  expect(await sso.finish(provider.authorize(url), sealedState)).toEqual({ ok: false, code: 'expired' });
  expect(await sso.finish(provider.authorize(url), 'rubbish')).toEqual({ ok: false, code: 'expired' });
});

it('[SS1] logs only the code of a provider’s rejection', async () => {
  const provider = await startIssuer();
  const { sso, begin, logged } = signOn(provider.url);
  const { url, sealedState } = await begin();
  const callbackUrl = new URL(CALLBACK);
  callbackUrl.search = `error=access_denied&error_description=Ada+Lovelace&state=${url.searchParams.get('state')}`;
  expect(await sso.finish(callbackUrl, sealedState)).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('access_denied');
  expect(logged()).not.toContain('Ada');
});

it.each([
  ['for another client', { aud: 'other' }],
  ['of another issuer', { iss: 'https://other.example/' }],
  ['with another nonce', { nonce: 'other' }],
  ['that is over', { exp: Math.floor(Date.now() / 1000) - 60 }],
])('[SS1] rejects an ID token %s', async (_, wrong) => {
  const provider = await startIssuer({ claims: (claims) => ({ ...claims, groups: 'desk', ...wrong }) });
  const { result, logged } = await run(provider);
  expect(result).toEqual({ ok: false, code: 'failed' });
  expect(logged()).not.toMatch(/subject-1|hush|access"/);
});

it('[SS1] rejects an ID token without a signature, or with one of another key', async () => {
  const unsigned = (jwt: string) => new UnsecuredJWT(decodeJwt(jwt)).encode();
  const { privateKey } = await generateKeyPair('ES256');
  const foreign = (jwt: string) =>
    new SignJWT(decodeJwt(jwt)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
  const symmetric = (jwt: string) =>
    new SignJWT(decodeJwt(jwt))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('hush hush'.padEnd(32)));
  for (const token of [unsigned, foreign, symmetric]) {
    const permissive = { id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'] };
    const { result } = await run(await startIssuer({ token, metadata: permissive }));
    expect(result).toEqual({ ok: false, code: 'failed' });
  }
});

it('[SS1] sends the secret in the header, or in the body if only that is supported; a public client has none', async () => {
  const tokenRequest = ({ requests }: FakeIssuer) =>
    requests.find(({ requestLine }) => requestLine === 'POST /token');
  const usual = await startIssuer();
  expect((await run(usual)).result.ok).toBe(true);
  expect(tokenRequest(usual)?.authorization).toMatch(/^Basic /);
  const methods = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
  const post = await startIssuer({ metadata: methods });
  expect((await run(post)).result.ok).toBe(true);
  expect(tokenRequest(post)).toMatchObject({
    authorization: '',
    body: expect.stringContaining('client_secret=hush'),
  });
  const open = await startIssuer();
  expect((await run(open, { clientSecret: null })).result.ok).toBe(true);
  expect(tokenRequest(open)).toMatchObject({
    authorization: '',
    body: expect.not.stringContaining('secret'),
  });
});

it('[SS2] gets claims that the ID token lacks from the userinfo endpoint, for the same subject only', async () => {
  const bare = (claims: JWTPayload) => claims;
  const userinfoClaims = { sub: 'subject-1', preferred_username: 'Ada', groups: 'desk', phone: 1101, exp: 1 };
  const provider = await startIssuer({ claims: bare, userinfo: userinfoClaims });
  expect((await run(provider, { extensionClaim: 'phone' })).result).toMatchObject({
    name: 'Ada',
    role: 'receptionist',
    extensions: ['1101@default'],
  });
  const stranger = await startIssuer({ claims: bare, userinfo: { ...userinfoClaims, sub: 'subject-2' } });
  expect((await run(stranger)).result).toEqual({ ok: false, code: 'failed' });
});

it('[SS4] finds nested claims by their path', async () => {
  const nested = { realm_access: { roles: ['desk'] }, 'https://example.org/app': { 'phone.ext': 1104 } };
  const provider = await startIssuer({
    claims: (claims) => ({ ...claims, preferred_username: 'Ada', ...nested }),
  });
  const config = { roleClaim: 'realm_access.roles', extensionClaim: 'https://example.org/app.phone.ext' };
  expect((await run(provider, config)).result).toMatchObject({
    role: 'receptionist',
    extensions: ['1104@default'],
  });
});

it('[SS4] logs whether the claim is missing or has no mapped value', async () => {
  const wrong = await run(await startIssuer(), { roleClaim: 'realm_access.roles' });
  expect(wrong.result).toEqual({ ok: false, code: 'no-role' });
  expect(wrong.logged()).toMatch(/no claim realm_access\.roles .*sent: .*groups/);
  const other = await run(
    await startIssuer({ claims: (all) => ({ ...all, groups: ['cooks', 'cleaners'] }) }),
  );
  expect(other.logged()).toMatch(
    /None of the 2 values of the claim groups is in LAMPBOARD_OIDC_ROLE_MAPPING/,
  );
  expect(other.logged()).not.toMatch(/cooks/);
});

it('[SS4] a trailing slash of the issuer does not matter; another issuer is logged', async () => {
  for (const path of ['realms/main/', 'realms/main']) {
    const provider = await startIssuer({ path });
    const set = new URL(path.endsWith('/') ? 'realms/main' : 'realms/main/', provider.url);
    expect((await run(provider, { issuer: set })).result).toMatchObject({ ok: true, name: 'Ada' });
  }
  const other = await startIssuer({ path: 'realms/other' });
  const { sso, logged } = signOn(new URL('realms/main', other.url));
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toMatchObject({ ok: false });
  expect(logged()).toContain(
    `LAMPBOARD_OIDC_ISSUER differs from the provider's issuer: ${other.url.href}realms/other`,
  );
});

it('[SI12] one state allows three requests to the provider', async () => {
  const provider = await startIssuer();
  const { sso, begin } = signOn(provider.url);
  const { url, sealedState } = await begin();
  const callbackUrl = new URL(CALLBACK);
  callbackUrl.search = new URLSearchParams({
    code: 'made-up',
    state: url.searchParams.get('state') ?? '',
  }).toString();
  for (let attempt = 0; attempt < 20; attempt++) await sso.finish(callbackUrl, sealedState);
  expect(provider.requests.filter(({ requestLine }) => requestLine === 'POST /token')).toHaveLength(3);
});

it('[SS2] rejects users without a mapped role', async () => {
  const provider = await startIssuer();
  const roles = new Map([['admins', 'admin'] as const]);
  expect((await run(provider, { roles })).result).toEqual({ ok: false, code: 'no-role' });
});

it('[SS3] a provider that is down is reported, and used again once it is up', async () => {
  const first = await startFakeIssuer();
  await first.close();
  const { sso, logged } = signOn(first.url);
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('ECONNREFUSED');
  const restarted = await startIssuer({ port: Number(first.url.port) });
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toMatchObject({ ok: true });
  expect(restarted.requests).toHaveLength(1);
});

it.each(['/.well-known/openid-configuration', '/token', '/keys', '/userinfo'])(
  '[SS3] a provider that does not respond at %s times out',
  async (unresponsivePath) => {
    const provider = await startIssuer({ unresponsivePath, userinfo: {}, claims: (claims) => claims });
    const { sso, logged } = signOn(provider.url);
    const request = await sso.begin({ returnTo: '/', previousSessionId: null });
    const result = request.ok
      ? await sso.finish(provider.authorize(request.url), request.sealedState)
      : request;
    expect(result).toEqual({ ok: false, code: 'failed' });
    expect(logged()).toMatch(/TIMEOUT/);
  },
);

it('[SS3] a provider without TLS is used on this machine only', async () => {
  const { sso, logged } = signOn(new URL('http://issuer.invalid/'));
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('OAUTH_HTTP_REQUEST_FORBIDDEN');
});
