import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type JWTPayload, SignJWT, exportJWK, generateKeyPair } from 'jose';

export interface FakeIssuer {
  readonly url: URL;
  readonly requests: {
    readonly requestLine: string;
    readonly authorization: string;
    readonly body: string;
  }[];
  /** Returns the redirect after a sign-in. */
  authorize(url: URL): URL;
  close(): Promise<void>;
}

export interface FakeIssuerOptions {
  readonly port?: number;
  /** Path of the issuer, without a leading slash. */
  readonly path?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Changes the claims of the ID token. */
  readonly claims?: (claims: JWTPayload) => JWTPayload;
  /** Changes the ID token. */
  readonly token?: (jwt: string) => string | Promise<string>;
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** Requests to this path get no response. */
  readonly unresponsivePath?: string;
}

/** Starts a configurable OpenID provider with PKCE and single-use codes. */
export async function startFakeIssuer(options: FakeIssuerOptions = {}): Promise<FakeIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const codes = new Map<string, URLSearchParams>();
  const requests: FakeIssuer['requests'] = [];

  async function tokenFor(body: string): Promise<unknown> {
    const tokenParams = new URLSearchParams(body);
    const authorizationParams = codes.get(tokenParams.get('code') ?? '');
    codes.delete(tokenParams.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(tokenParams.get('code_verifier') ?? '')
      .digest('base64url');
    const matches =
      authorizationParams?.get('code_challenge') === challenge &&
      authorizationParams.get('redirect_uri') === tokenParams.get('redirect_uri');
    if (authorizationParams === undefined || !matches) return { error: 'invalid_grant' };
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `${url.href}${options.path ?? ''}`,
      aud: authorizationParams.get('client_id') ?? '',
      sub: 'subject-1',
      nonce: authorizationParams.get('nonce') ?? '',
      iat: seconds,
      exp: seconds + 60,
    };
    const jwt = await new SignJWT(options.claims?.(claims) ?? claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(privateKey);
    const id_token = (await options.token?.(jwt)) ?? jwt;
    return { access_token: 'access', token_type: 'bearer', id_token };
  }

  async function respond(path: string, body: string): Promise<unknown> {
    if (path.endsWith('/.well-known/openid-configuration')) {
      return {
        issuer: `${url.href}${options.path ?? ''}`,
        authorization_endpoint: `${url.href}authorize`,
        token_endpoint: `${url.href}token`,
        jwks_uri: `${url.href}keys`,
        id_token_signing_alg_values_supported: ['ES256'],
        ...(options.userinfo === undefined ? {} : { userinfo_endpoint: `${url.href}userinfo` }),
        ...options.metadata,
      };
    }
    if (path === '/keys') return { keys };
    if (path === '/userinfo') return options.userinfo;
    return path === '/token' ? tokenFor(body) : { error: 'not_found' };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await text(request);
    const authorization = request.headers.authorization ?? '';
    requests.push({ requestLine: `${request.method} ${path}`, authorization, body });
    if (path === options.unresponsivePath) return;
    const payload = await respond(path, body);
    const isError = typeof payload === 'object' && payload !== null && 'error' in payload;
    response.writeHead(isError ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(payload));
  }

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no TCP port.');
  const url = new URL(`http://127.0.0.1:${address.port}/`);

  return {
    url,
    requests,
    authorize({ searchParams: authorizationParams }) {
      const code = randomUUID();
      codes.set(code, authorizationParams);
      const redirectUrl = new URL(authorizationParams.get('redirect_uri') ?? '');
      redirectUrl.search = new URLSearchParams({
        code,
        state: authorizationParams.get('state') ?? '',
      }).toString();
      return redirectUrl;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
