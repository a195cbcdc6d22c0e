import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startForSuite } from '../pbx/each-candidate.ts';
import { signInAtProvider } from './provider-sign-in.ts';
import { type ProviderLogin, startProvider } from './start-provider.ts';

const CALLBACK = 'http://127.0.0.1:9/sso/callback';

describe('the OpenID provider of the tests', () => {
  const provider = startForSuite(() => startProvider({ callbackUrls: [CALLBACK] }));

  const discover = async (): Promise<Record<string, string>> =>
    fieldsOf(await fetch(`${provider().issuer}.well-known/openid-configuration`));

  async function authorizationUrl(challenge?: string): Promise<URL> {
    const url = new URL((await discover())['authorization_endpoint'] ?? '');
    url.search = new URLSearchParams({
      client_id: provider().clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'openid profile email groups extension',
      state: 'state-1',
      nonce: 'nonce-1',
      ...(challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
    }).toString();
    return url;
  }

  async function redeem(code: string | null, verifier: string): Promise<Record<string, string>> {
    const { clientId, clientSecret } = provider();
    const answer = await fetch((await discover())['token_endpoint'] ?? '', {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: CALLBACK,
        code_verifier: verifier,
      }),
    });
    return fieldsOf(answer);
  }

  async function begin() {
    const verifier = randomBytes(32).toString('base64url');
    return {
      verifier,
      url: await authorizationUrl(createHash('sha256').update(verifier).digest('base64url')),
    };
  }

  async function claimsOf(login: ProviderLogin): Promise<unknown> {
    const { url, verifier } = await begin();
    const redirect = await signInAtProvider({ url, login });
    expect(redirect.searchParams.get('state')).toBe('state-1');
    const tokens = await redeem(redirect.searchParams.get('code'), verifier);
    const answer = await fetch((await discover())['userinfo_endpoint'] ?? '', {
      headers: { authorization: `Bearer ${tokens['access_token']}` },
    });
    return answer.json();
  }

  it('[TE1] signs people in by its form, and tells their groups and extensions', async () => {
    expect(await claimsOf('grace')).toMatchObject({
      sub: 'grace',
      preferred_username: 'grace',
      groups: ['reception', 'staff'],
      extension: '1112',
    });
    expect(await claimsOf('alice')).toMatchObject({ extension: ['1104', '1105@default'] });
  });

  it('[TE1] leaves somebody signed in, and gives a code once, to who knows the verifier', async () => {
    const cookies = new Map<string, string>();
    const first = await begin();
    const redirect = await signInAtProvider({ url: first.url, login: 'ada', cookies });
    const code = redirect.searchParams.get('code');
    expect(await redeem(code, first.verifier)).toHaveProperty('id_token');
    expect(await redeem(code, first.verifier)).toMatchObject({ error: 'invalid_grant' });
    const second = await begin();
    const again = await signInAtProvider({ url: second.url, login: 'nobody', cookies });
    expect(await redeem(again.searchParams.get('code'), first.verifier)).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('[TE1] refuses a client that does without PKCE', async () => {
    const redirect = await signInAtProvider({ url: await authorizationUrl(), login: 'ada' });
    expect(redirect.searchParams.get('error')).toBe('invalid_request');
  });

  it('[TE1] can go away and come back at the same address', async () => {
    await provider().stop();
    await expect(discover()).rejects.toThrow('fetch failed');
    await provider().start();
    expect(await discover()).toMatchObject({ issuer: provider().issuer });
  });
});

async function fieldsOf(answer: Response): Promise<Record<string, string>> {
  const body: unknown = await answer.json();
  if (typeof body !== 'object' || body === null) throw new Error('The provider answered no object.');
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}
