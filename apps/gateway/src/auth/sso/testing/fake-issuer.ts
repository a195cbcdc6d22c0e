import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../../platform/testing/listen.ts';
import { type JWTPayload, SignJWT, exportJWK, generateKeyPair } from 'jose';

export type FakeIssuer = Awaited<ReturnType<typeof startFakeIssuer>>;

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
export async function startFakeIssuer(options: FakeIssuerOptions = {}) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const codes = new Map<string, URLSearchParams>();
  const requests: { requestLine: string; authorization: string; body: string }[] = [];

  const issuer = () => `${url.href}${options.path ?? ''}`;

  async function tokenFor(body: string): Promise<unknown> {
    const params = Object.fromEntries(new URLSearchParams(body));
    const { code = '', code_verifier = '', redirect_uri } = params;
    const authorized = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256').update(code_verifier).digest('base64url');
    const matches =
      authorized?.get('code_challenge') === challenge && authorized.get('redirect_uri') === redirect_uri;
    if (!matches) return { error: 'invalid_grant' };
    const iat = Math.floor(Date.now() / 1000);
    const [aud, nonce] = [authorized.get('client_id') ?? '', authorized.get('nonce') ?? ''];
    const claims = { iss: issuer(), aud, sub: 'subject-1', nonce, iat, exp: iat + 60 };
    const jwt = await new SignJWT(options.claims?.(claims) ?? claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(privateKey);
    const id_token = (await options.token?.(jwt)) ?? jwt;
    return { access_token: 'access', token_type: 'bearer', id_token };
  }

  async function respond(path: string, body: string): Promise<unknown> {
    if (path.endsWith('/.well-known/openid-configuration')) {
      return {
        issuer: issuer(),
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

  const server = createServer((request, response) => void handle(request, response));
  const url = new URL(`http://127.0.0.1:${await listen(server, options.port)}/`);

  return {
    url,
    requests,
    /** Returns the redirect after a sign-in. */
    authorize({ searchParams }: URL): URL {
      const code = randomUUID();
      codes.set(code, searchParams);
      const query = new URLSearchParams({ code, state: searchParams.get('state') ?? '' });
      return new URL(`${searchParams.get('redirect_uri')}?${query.toString()}`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
