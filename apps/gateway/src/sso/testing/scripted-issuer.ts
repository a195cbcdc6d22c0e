import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type JWTPayload, SignJWT, exportJWK, generateKeyPair } from 'jose';

export interface ScriptedIssuer {
  readonly url: URL;
  /** What was asked of it, `POST /token`, and how the client proved itself. */
  readonly requests: { readonly what: string; readonly authorization: string; readonly body: string }[];
  /** What a browser would be led back to, had somebody signed in there. */
  authorize(url: URL): URL;
  close(): Promise<void>;
}

export interface Script {
  readonly port?: number;
  /** What the issuer is called behind its host, without a slash in front. */
  readonly path?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The ID token's claims, as they would be in order. */
  readonly claims?: (claims: JWTPayload) => JWTPayload;
  /** The ID token, as it would be in order. */
  readonly token?: (jwt: string) => string | Promise<string>;
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** Takes requests to this path, and never answers. */
  readonly silentAt?: string;
}

/** An OpenID provider that says what a test wants said; it asks for PKCE, and takes a code once. */
export async function startScriptedIssuer(script: Script = {}): Promise<ScriptedIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const codes = new Map<string, URLSearchParams>();
  const requests: ScriptedIssuer['requests'] = [];

  async function tokenFor(body: string): Promise<unknown> {
    const sent = new URLSearchParams(body);
    const asked = codes.get(sent.get('code') ?? '');
    codes.delete(sent.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      asked?.get('code_challenge') === challenge && asked.get('redirect_uri') === sent.get('redirect_uri');
    if (asked === undefined || !fits) return { error: 'invalid_grant' };
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `${url.href}${script.path ?? ''}`,
      aud: asked.get('client_id') ?? '',
      sub: 'subject-1',
      nonce: asked.get('nonce') ?? '',
      iat: seconds,
      exp: seconds + 60,
    };
    const jwt = await new SignJWT(script.claims?.(claims) ?? claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(privateKey);
    const id_token = (await script.token?.(jwt)) ?? jwt;
    return { access_token: 'access', token_type: 'bearer', id_token };
  }

  async function answer(path: string, body: string): Promise<unknown> {
    if (path.endsWith('/.well-known/openid-configuration')) {
      return {
        issuer: `${url.href}${script.path ?? ''}`,
        authorization_endpoint: `${url.href}authorize`,
        token_endpoint: `${url.href}token`,
        jwks_uri: `${url.href}keys`,
        id_token_signing_alg_values_supported: ['ES256'],
        ...(script.userinfo === undefined ? {} : { userinfo_endpoint: `${url.href}userinfo` }),
        ...script.metadata,
      };
    }
    if (path === '/keys') return { keys };
    if (path === '/userinfo') return script.userinfo;
    return path === '/token' ? tokenFor(body) : { error: 'not_found' };
  }

  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await text(request);
    const authorization = request.headers.authorization ?? '';
    requests.push({ what: `${request.method} ${path}`, authorization, body });
    if (path === script.silentAt) return;
    const said = await answer(path, body);
    const isError = typeof said === 'object' && said !== null && 'error' in said;
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said));
  }

  const server = createServer((request, response) => {
    void reply(request, response);
  });
  await new Promise<void>((resolve) => server.listen(script.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  const url = new URL(`http://127.0.0.1:${address.port}/`);

  return {
    url,
    requests,
    authorize({ searchParams: asked }) {
      const code = randomUUID();
      codes.set(code, asked);
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString();
      return back;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
