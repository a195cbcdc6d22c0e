import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT, UnsecuredJWT, decodeJwt, generateKeyPair } from 'jose';
import { afterEach, expect, it } from 'vitest';
import { keptKey } from '../store/kept-key.ts';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import type { SingleSignOnConfig } from './config.ts';
import { createSingleSignOn } from './single-sign-on.ts';
import { type Script, type ScriptedIssuer, startScriptedIssuer } from './testing/scripted-issuer.ts';

const CALLBACK = new URL('https://board.example/sso/callback');

const running: ScriptedIssuer[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function issuer(script: Script = {}): Promise<ScriptedIssuer> {
  const claims = script.claims ?? ((all) => ({ ...all, preferred_username: 'Ada', groups: ['desk'] }));
  const started = await startScriptedIssuer({ ...script, claims });
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
    log: { info: () => {}, warn: (...said: readonly unknown[]) => void logged.push(said) },
    clock: { now: () => now },
    requestTimeoutMs: 500,
  });
  async function begin(returnTo = '/') {
    const begun = await sso.begin({ returnTo, replaces: 'a session before' });
    if (!begun.ok) throw new Error('It did not begin.');
    return begun;
  }
  const pass = (ms: number) => void (now += ms);
  return { sso, begin, pass, logged: () => JSON.stringify(logged) };
}

/** All the way, as a browser that signs in at once. */
async function run(provider: ScriptedIssuer, config: Partial<SingleSignOnConfig> = {}) {
  const { sso, begin, logged } = signOn(provider.url, config);
  const { url, transaction } = await begin();
  return { result: await sso.finish(provider.authorize(url), transaction), logged };
}

it('[SS1] leads to the provider with PKCE, state and nonce, and back to a name, a role and where one came from', async () => {
  const provider = await issuer();
  const { sso, begin } = signOn(provider.url);
  const { url, transaction } = await begin('/?group=Sales#x');
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
  expect(await sso.finish(provider.authorize(url), transaction)).toEqual({
    ok: true,
    subject: `${provider.url.href} subject-1`,
    name: 'Ada',
    role: 'receptionist',
    extensions: [],
    returnTo: '/?group=Sales#x',
    replaces: 'a session before',
  });
});

it('[SS1] the transaction shows nothing of what is in it', async () => {
  const provider = await issuer();
  const { url, transaction } = await signOn(provider.url).begin();
  for (const part of transaction.split('.')) {
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
])('[SS1] after the sign-in %j leads to %j', async (returnTo, path) => {
  const provider = await issuer();
  const { sso, begin } = signOn(provider.url);
  const { url, transaction } = await begin(returnTo);
  expect(await sso.finish(provider.authorize(url), transaction)).toMatchObject({ returnTo: path });
});

it('[SS1] works once: the same way again is refused, also at the same time', async () => {
  const provider = await issuer();
  const { sso, begin } = signOn(provider.url);
  const { url, transaction } = await begin();
  const back = provider.authorize(url);
  const both = await Promise.all([sso.finish(back, transaction), sso.finish(back, transaction)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const tokens = () => provider.requests.filter(({ what }) => what === 'POST /token').length;
  expect(await sso.finish(back, transaction)).toEqual({ ok: false, code: 'failed' });
  expect(await sso.finish(provider.authorize(url), transaction)).toEqual({ ok: false, code: 'failed' });
  expect(tokens()).toBe(1);
});

it('[SS1] refuses another’s state, a transaction of another sign-in, and none', async () => {
  const provider = await issuer();
  const { sso, begin } = signOn(provider.url);
  const mine = await begin();
  const theirs = await begin();
  expect(await sso.finish(provider.authorize(theirs.url), mine.transaction)).toEqual({
    ok: false,
    code: 'failed',
  });
  expect(await sso.finish(provider.authorize(mine.url), undefined)).toEqual({ ok: false, code: 'expired' });
  expect(provider.requests.map(({ what }) => what)).not.toContain('POST /token');
  // What was refused before anything was asked may still be done in order.
  expect(await sso.finish(provider.authorize(mine.url), mine.transaction)).toMatchObject({ ok: true });
});

it('[SG7] what was begun at one gateway is finished at another that has the same store', async () => {
  const provider = await issuer();
  const { db } = openTestIdentity().store;
  const [here, there] = [
    signOn(provider.url, {}, keptKey(db, 'sso')),
    signOn(provider.url, {}, keptKey(db, 'sso')),
  ];
  const { url, transaction } = await here.begin();
  expect(await there.sso.finish(provider.authorize(url), transaction)).toMatchObject({ ok: true });
});

it('[SS1] a transaction lasts ten minutes, and is none to another Lampboard', async () => {
  const provider = await issuer();
  const { sso, begin, pass } = signOn(provider.url);
  const { url, transaction } = await begin();
  const other = signOn(provider.url);
  expect(await other.sso.finish(provider.authorize(url), transaction)).toEqual({
    ok: false,
    code: 'expired',
  });
  pass(10 * 60_000 + 1000);
  expect(await sso.finish(provider.authorize(url), transaction)).toEqual({ ok: false, code: 'expired' });
  expect(await sso.finish(provider.authorize(url), 'rubbish')).toEqual({ ok: false, code: 'expired' });
});

it('[SS1] what the provider refuses is refused, with its code alone in the log', async () => {
  const provider = await issuer();
  const { sso, begin, logged } = signOn(provider.url);
  const { url, transaction } = await begin();
  const back = new URL(CALLBACK);
  back.search = `error=access_denied&error_description=Ada+Lovelace&state=${url.searchParams.get('state')}`;
  expect(await sso.finish(back, transaction)).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('access_denied');
  expect(logged()).not.toContain('Ada');
});

it.each([
  ['for another client', { aud: 'other' }],
  ['of another issuer', { iss: 'https://other.example/' }],
  ['with another nonce', { nonce: 'other' }],
  ['that is over', { exp: Math.floor(Date.now() / 1000) - 60 }],
])('[SS1] refuses an ID token %s', async (_, wrong) => {
  const provider = await issuer({ claims: (claims) => ({ ...claims, groups: 'desk', ...wrong }) });
  const { result, logged } = await run(provider);
  expect(result).toEqual({ ok: false, code: 'failed' });
  expect(logged()).not.toMatch(/subject-1|hush|access"/);
});

it('[SS1] refuses an ID token without a signature, or signed with another key, by any name', async () => {
  const unsigned = (jwt: string) => new UnsecuredJWT(decodeJwt(jwt)).encode();
  const { privateKey } = await generateKeyPair('ES256');
  const foreign = (jwt: string) =>
    new SignJWT(decodeJwt(jwt)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
  const symmetric = (jwt: string) =>
    new SignJWT(decodeJwt(jwt))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('hush hush'.padEnd(32)));
  for (const token of [unsigned, foreign, symmetric]) {
    const willing = { id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'] };
    const { result } = await run(await issuer({ token, metadata: willing }));
    expect(result).toEqual({ ok: false, code: 'failed' });
  }
});

it('[SS1] proves itself in the header, in the body where only that is taken, and not at all as a public client', async () => {
  const tokenRequest = ({ requests }: ScriptedIssuer) => requests.find(({ what }) => what === 'POST /token');
  const usual = await issuer();
  expect((await run(usual)).result.ok).toBe(true);
  expect(tokenRequest(usual)?.authorization).toMatch(/^Basic /);
  const methods = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
  const post = await issuer({ metadata: methods });
  expect((await run(post)).result.ok).toBe(true);
  expect(tokenRequest(post)).toMatchObject({
    authorization: '',
    body: expect.stringContaining('client_secret=hush'),
  });
  const open = await issuer();
  expect((await run(open, { clientSecret: null })).result.ok).toBe(true);
  expect(tokenRequest(open)).toMatchObject({
    authorization: '',
    body: expect.not.stringContaining('secret'),
  });
});

it('[SS2] asks the userinfo endpoint for claims that the ID token lacks, and takes none of another subject', async () => {
  const bare = (claims: JWTPayload) => claims;
  const told = { sub: 'subject-1', preferred_username: 'Ada', groups: 'desk', phone: 1101, exp: 1 };
  const provider = await issuer({ claims: bare, userinfo: told });
  expect((await run(provider, { extensionClaim: 'phone' })).result).toMatchObject({
    name: 'Ada',
    role: 'receptionist',
    extensions: ['1101@default'],
  });
  const stranger = await issuer({ claims: bare, userinfo: { ...told, sub: 'subject-2' } });
  expect((await run(stranger)).result).toEqual({ ok: false, code: 'failed' });
});

it('[SS4] follows the path of a claim that lies in another one', async () => {
  const nested = { realm_access: { roles: ['desk'] }, 'https://example.org/app': { 'phone.ext': 1104 } };
  const provider = await issuer({
    claims: (claims) => ({ ...claims, preferred_username: 'Ada', ...nested }),
  });
  const config = { roleClaim: 'realm_access.roles', extensionClaim: 'https://example.org/app.phone.ext' };
  expect((await run(provider, config)).result).toMatchObject({
    role: 'receptionist',
    extensions: ['1104@default'],
  });
});

it('[SS4] says in the log whether the claim was missing, or no value of it stands for a role', async () => {
  const wrong = await run(await issuer(), { roleClaim: 'realm_access.roles' });
  expect(wrong.result).toEqual({ ok: false, code: 'no-role' });
  expect(wrong.logged()).toMatch(/no claim realm_access\.roles .*told: .*groups/);
  const other = await run(await issuer({ claims: (all) => ({ ...all, groups: ['cooks', 'cleaners'] }) }));
  expect(other.logged()).toMatch(/None of the 2 values of the claim groups is in LAMPBOARD_OIDC_ROLES/);
  expect(other.logged()).not.toMatch(/cooks/);
});

it('[SS4] an issuer may be set without the slash that it ends in, or with one; another name is told in the log', async () => {
  for (const path of ['realms/main/', 'realms/main']) {
    const provider = await issuer({ path });
    const set = new URL(path.endsWith('/') ? 'realms/main' : 'realms/main/', provider.url);
    expect((await run(provider, { issuer: set })).result).toMatchObject({ ok: true, name: 'Ada' });
  }
  const other = await issuer({ path: 'realms/other' });
  const { sso, logged } = signOn(new URL('realms/main', other.url));
  expect(await sso.begin({ returnTo: '/', replaces: null })).toMatchObject({ ok: false });
  expect(logged()).toContain(
    `LAMPBOARD_OIDC_ISSUER is not what the provider calls itself: ${other.url.href}realms/other`,
  );
});

it('[SI12] asks the provider three times at most for a sign-in that was begun once', async () => {
  const provider = await issuer();
  const { sso, begin } = signOn(provider.url);
  const { url, transaction } = await begin();
  const back = new URL(CALLBACK);
  back.search = new URLSearchParams({
    code: 'made-up',
    state: url.searchParams.get('state') ?? '',
  }).toString();
  for (let attempt = 0; attempt < 20; attempt++) await sso.finish(back, transaction);
  expect(provider.requests.filter(({ what }) => what === 'POST /token')).toHaveLength(3);
});

it('[SS2] whom no role stands for does not get in', async () => {
  const provider = await issuer();
  const roles = new Map([['admins', 'admin'] as const]);
  expect((await run(provider, { roles })).result).toEqual({ ok: false, code: 'no-role' });
});

it('[SS3] a provider that is down is told, and is used as soon as it is back', async () => {
  const first = await startScriptedIssuer();
  await first.close();
  const { sso, logged } = signOn(first.url);
  expect(await sso.begin({ returnTo: '/', replaces: null })).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('ECONNREFUSED');
  const back = await issuer({ port: Number(first.url.port) });
  expect(await sso.begin({ returnTo: '/', replaces: null })).toMatchObject({ ok: true });
  expect(back.requests).toHaveLength(1);
});

it.each(['/.well-known/openid-configuration', '/token', '/keys', '/userinfo'])(
  '[SS3] a provider that does not answer at %s fails the sign-in in time',
  async (silentAt) => {
    const provider = await issuer({ silentAt, userinfo: {}, claims: (claims) => claims });
    const { sso, logged } = signOn(provider.url);
    const begun = await sso.begin({ returnTo: '/', replaces: null });
    const result = begun.ok ? await sso.finish(provider.authorize(begun.url), begun.transaction) : begun;
    expect(result).toEqual({ ok: false, code: 'failed' });
    expect(logged()).toMatch(/TIMEOUT/);
  },
);

it('[SS3] a provider without TLS is only asked on this machine', async () => {
  const { sso, logged } = signOn(new URL('http://issuer.invalid/'));
  expect(await sso.begin({ returnTo: '/', replaces: null })).toEqual({ ok: false, code: 'failed' });
  expect(logged()).toContain('OAUTH_HTTP_REQUEST_FORBIDDEN');
});
