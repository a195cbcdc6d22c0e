import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type Context, Provider } from 'oidc-provider';
import { freePort } from '../processes/free-port.ts';

/** What the provider knows of somebody; all of it but `sub` is told at the userinfo endpoint alone. */
export interface ProviderUser {
  sub: string;
  preferred_username: string;
  name: string;
  email: string;
  groups: readonly string[];
  extension?: string | readonly string[];
}

/** By what they enter as login; any password will do. */
export const PROVIDER_USERS = {
  ada: user('ada', 'Ada Lovelace', ['pbx-admins', 'staff']),
  grace: user('grace', 'Grace Hopper', ['reception', 'staff'], '1112'),
  alice: user('alice', 'Alice Chen', ['staff'], ['1104', '1105@default']),
  eve: user('eve', 'Eve Outside', []),
} satisfies Record<string, ProviderUser>;

export type ProviderLogin = keyof typeof PROVIDER_USERS;

/** A real OpenID provider with a form to sign in with; it insists on PKCE and asks for no consent. */
export interface RunningProvider {
  /** Serves discovery, and stays the same over `stop` and `start`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** Takes it off the network; sessions and codes stay. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const SCOPES = 'openid profile email groups extension';

/** Starts a provider on a free port of 127.0.0.1, with one client that may be led back to these addresses. */
export async function startProvider(options: {
  callbackUrls: readonly string[];
  isPublicClient?: boolean;
}): Promise<RunningProvider> {
  const { callbackUrls, isPublicClient = false } = options;
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}/`;
  const clientId = 'lampboard';
  const clientSecret = isPublicClient ? undefined : randomBytes(24).toString('base64url');
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        ...(clientSecret === undefined
          ? { token_endpoint_auth_method: 'none' }
          : { client_secret: clientSecret }),
        redirect_uris: callbackUrls,
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    scopes: SCOPES.split(' '),
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
      groups: ['groups'],
      extension: ['extension'],
    },
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount,
    async loadExistingGrant({ oidc: { client, session } }: Context) {
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
  });
  let server: Server | undefined;

  async function start(): Promise<void> {
    server = createServer(provider.callback());
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  await start();
  return {
    issuer,
    clientId,
    clientSecret,
    start,
    async stop() {
      if (server?.listening !== true) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function findAccount(_: Context, login: string) {
  const known: ProviderUser | undefined = new Map(Object.entries(PROVIDER_USERS)).get(login);
  return known && { accountId: login, claims: () => known };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'tests', alg: 'RS256', use: 'sig' };
}

function user(
  login: string,
  name: string,
  groups: readonly string[],
  extension?: string | readonly string[],
): ProviderUser {
  const claims = extension === undefined ? {} : { extension };
  return { sub: login, preferred_username: login, name, email: `${login}@example.org`, groups, ...claims };
}
