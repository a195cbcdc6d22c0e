import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type Context, Provider } from 'oidc-provider';
import { freePort } from '../processes/free-port.ts';

/** Claims of a user; all but `sub` are in the userinfo endpoint only. */
interface ProviderUser {
  sub: string;
  preferred_username: string;
  name: string;
  email: string;
  groups: readonly string[];
  extension?: string | readonly string[];
}

/** By login; any password is accepted. */
const PROVIDER_USERS = {
  ada: user('ada', 'Ada Lovelace', ['pbx-admins', 'staff']),
  grace: user('grace', 'Grace Hopper', ['reception', 'staff'], '1112'),
  alice: user('alice', 'Alice Chen', ['staff'], ['1104', '1105@default']),
  eve: user('eve', 'Eve Outside', []),
} satisfies Record<string, ProviderUser>;

export type ProviderLogin = keyof typeof PROVIDER_USERS;

const SCOPES = 'openid profile email groups extension';

/** Starts an OpenID provider with a sign-in form; it requires PKCE and skips consent. */
export async function startProvider(options: { callbackUrls: readonly string[]; isPublicClient?: boolean }) {
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
    /** Serves discovery; unchanged by `stop` and `start`. */
    issuer,
    clientId,
    /** Undefined: a public client. */
    clientSecret,
    /** Settings of a gateway at `publicUrl` that uses this provider. */
    gatewaySettings: (
      publicUrl: string,
      roleMapping = 'reception=receptionist,pbx-admins=admin,staff=user',
    ) => ({
      LAMPBOARD_PUBLIC_URL: publicUrl,
      LAMPBOARD_OIDC_ISSUER: issuer,
      LAMPBOARD_OIDC_CLIENT_ID: clientId,
      LAMPBOARD_OIDC_CLIENT_SECRET: clientSecret,
      LAMPBOARD_OIDC_DISPLAY_NAME: 'Company account',
      LAMPBOARD_OIDC_SCOPES: SCOPES,
      LAMPBOARD_OIDC_ROLE_MAPPING: roleMapping,
      LAMPBOARD_OIDC_EXTENSION_CLAIM: 'extension',
    }),
    start,
    /** Stops listening; sessions and codes are kept. */
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
