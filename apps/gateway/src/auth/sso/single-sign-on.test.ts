import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { secretKey } from '../../platform/store/secret-key.ts';
import { openTestAuth } from '../testing/open-test-auth.ts';
import type { SingleSignOnConfig } from '../../config/oidc.ts';
import { createSingleSignOn } from './single-sign-on.ts';
import { type FakeIssuerOptions, type FakeIssuer, startFakeIssuer } from './testing/fake-issuer.ts';

const CALLBACK = new URL('https://board.example/sso/callback');

const FAILED = { ok: false, code: 'failed' };
const EXPIRED = { ok: false, code: 'expired' };

async function startIssuer(options: FakeIssuerOptions = {}): Promise<FakeIssuer> {
  const claims = options.claims ?? ((all) => ({ ...all, preferred_username: 'Ada', groups: ['desk'] }));
  const started = await startFakeIssuer({ ...options, claims });
  onTestFinished(started.close);
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

/** Begins a sign-in at a new provider. */
async function beginAt(returnTo?: string) {
  const provider = await startIssuer();
  const client = signOn(provider.url);
  const request = await client.begin(returnTo);
  return { ...client, provider, ...request, callback: () => provider.authorize(request.url) };
}

const tokenRequests = ({ requests }: FakeIssuer) =>
  requests.filter(({ requestLine }) => requestLine === 'POST /token');

/** Runs a complete sign-in. */
async function run(provider: FakeIssuer, config: Partial<SingleSignOnConfig> = {}) {
  const { sso, begin, logged } = signOn(provider.url, config);
  const { url, sealedState } = await begin();
  return { result: await sso.finish(provider.authorize(url), sealedState), logged };
}

it('[SS1] redirects to the provider with PKCE, state and nonce, and returns name, role and path', async () => {
  const { provider, sso, url, sealedState, callback } = await beginAt('/?group=Sales#x');
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
  expect(await sso.finish(callback(), sealedState)).toEqual({
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
  const { url, sealedState } = await beginAt();
  for (const part of sealedState.split('.'))
    expect(Buffer.from(part, 'base64url').toString()).not.toContain(url.searchParams.get('state'));
});

it.each([
  ['https://evil.example/x', '/'],
  ['//evil.example', '/'],
  ['/..//evil.example', '/'],
  [String.raw`/\evil.example`, '/'],
  ['javascript:alert(1)', '/'],
  ['/people?q=a', '/people?q=a'],
])('[SS1] the return path %j becomes %j', async (returnTo, path) => {
  const { sso, sealedState, callback } = await beginAt(returnTo);
  expect(await sso.finish(callback(), sealedState)).toMatchObject({ returnTo: path });
});

it('[SS1] a callback succeeds once, also concurrently', async () => {
  const { provider, sso, sealedState, callback } = await beginAt();
  const callbackUrl = callback();
  const both = await Promise.all([1, 2].map(() => sso.finish(callbackUrl, sealedState)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await sso.finish(callbackUrl, sealedState)).toEqual(FAILED);
  expect(await sso.finish(callback(), sealedState)).toEqual(FAILED);
  expect(tokenRequests(provider)).toHaveLength(1);
});

it('[SS1] rejects a wrong, a foreign and a missing state', async () => {
  const { provider, sso, begin, ...first } = await beginAt();
  const second = await begin();
  expect(await sso.finish(provider.authorize(second.url), first.sealedState)).toEqual(FAILED);
  expect(await sso.finish(provider.authorize(first.url), undefined)).toEqual(EXPIRED);
  expect(tokenRequests(provider)).toEqual([]);
  // Rejections without a request to the provider do not use up the state.
  expect(await sso.finish(provider.authorize(first.url), first.sealedState)).toMatchObject({ ok: true });
});

it('[SG7] a sign-in may begin and end at different gateways of one store', async () => {
  const provider = await startIssuer();
  const { db } = openTestAuth().store;
  const gateway = () => signOn(provider.url, {}, secretKey(db, 'sso'));
  const [here, there] = [gateway(), gateway()];
  const { url, sealedState } = await here.begin();
  expect(await there.sso.finish(provider.authorize(url), sealedState)).toMatchObject({ ok: true });
});

it('[SS1] a state is valid for ten minutes, and only for this Lampboard', async () => {
  const { provider, sso, advance, sealedState, callback } = await beginAt();
  expect(await signOn(provider.url).sso.finish(callback(), sealedState)).toEqual(EXPIRED);
  advance(10 * 60_000 + 1000);
  expect(await sso.finish(callback(), sealedState)).toEqual(EXPIRED);
  expect(await sso.finish(callback(), 'rubbish')).toEqual(EXPIRED);
});

it('[SS1] logs only the code of a provider’s rejection', async () => {
  const { sso, logged, url, sealedState } = await beginAt();
  const callbackUrl = new URL(CALLBACK);
  callbackUrl.search = `error=access_denied&error_description=Ada+Lovelace&state=${url.searchParams.get('state')}`;
  expect(await sso.finish(callbackUrl, sealedState)).toEqual(FAILED);
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
  expect(result).toEqual(FAILED);
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
    expect(result).toEqual(FAILED);
  }
});

it('[SS1] sends the secret in the header, or in the body if only that is supported; a public client has none', async () => {
  async function tokenRequest(provider: FakeIssuer, config: Partial<SingleSignOnConfig> = {}) {
    expect((await run(provider, config)).result.ok).toBe(true);
    return tokenRequests(provider)[0];
  }
  expect((await tokenRequest(await startIssuer()))?.authorization).toMatch(/^Basic /);
  const metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
  const inBody = { authorization: '', body: expect.stringContaining('client_secret=hush') };
  expect(await tokenRequest(await startIssuer({ metadata }))).toMatchObject(inBody);
  const none = { authorization: '', body: expect.not.stringContaining('secret') };
  expect(await tokenRequest(await startIssuer(), { clientSecret: null })).toMatchObject(none);
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
  expect((await run(stranger)).result).toEqual(FAILED);
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
  const claims = (all: JWTPayload) => ({ ...all, groups: ['cooks', 'cleaners'] });
  const other = await run(await startIssuer({ claims }));
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
  const { provider, sso, url, sealedState } = await beginAt();
  const callbackUrl = new URL(CALLBACK);
  callbackUrl.search = `code=made-up&state=${url.searchParams.get('state')}`;
  for (let attempt = 0; attempt < 20; attempt++) await sso.finish(callbackUrl, sealedState);
  expect(tokenRequests(provider)).toHaveLength(3);
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
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toEqual(FAILED);
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
    expect(
      request.ok ? await sso.finish(provider.authorize(request.url), request.sealedState) : request,
    ).toEqual(FAILED);
    expect(logged()).toMatch(/TIMEOUT/);
  },
);

it('[SS3] a provider without TLS is used on this machine only', async () => {
  const { sso, logged } = signOn(new URL('http://issuer.invalid/'));
  expect(await sso.begin({ returnTo: '/', previousSessionId: null })).toEqual(FAILED);
  expect(logged()).toContain('OAUTH_HTTP_REQUEST_FORBIDDEN');
});
