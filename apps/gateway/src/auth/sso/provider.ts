import * as openid from 'openid-client';
import { z } from 'zod';
import { errorName } from '../../platform/failure.ts';
import { isLoopbackHost } from '../../platform/network.ts';
import type { SingleSignOnConfig } from '../../config/oidc.ts';

const CLOCK_TOLERANCE_S = 10;

/** Returns the provider's metadata (OpenID Connect Discovery 1.0), loaded at first use and again after a failure. */
export function createProvider(
  { issuer, clientId, clientSecret }: SingleSignOnConfig,
  requestTimeoutMs: number,
): () => Promise<openid.Configuration> {
  const isLocal = issuer.protocol === 'http:' && isLoopbackHost(issuer.host);
  let discovered: Promise<openid.Configuration> | undefined;

  async function discover(): Promise<openid.Configuration> {
    try {
      return await discoverAt(issuer);
    } catch (error) {
      const actualIssuer = actualIssuerOf(error);
      if (actualIssuer === null || !differsBySlashOnly(actualIssuer, issuer)) throw error;
      return discoverAt(actualIssuer);
    }
  }

  async function discoverAt(issuerUrl: URL): Promise<openid.Configuration> {
    const configuration = await openid.discovery(
      issuerUrl,
      clientId,
      { [openid.clockTolerance]: CLOCK_TOLERANCE_S },
      clientSecret === null ? openid.None() : secretAuthentication(clientSecret),
      { timeout: requestTimeoutMs / 1000, execute: isLocal ? [openid.allowInsecureRequests] : [] },
    );
    // By default openid-client relies on TLS and does not verify the signature of ID tokens.
    openid.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  return () => {
    discovered ??= discover().catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
}

/** Sends the secret in the header, or in the body if the provider supports nothing else. */
function secretAuthentication(secret: string): openid.ClientAuth {
  const basic = openid.ClientSecretBasic(secret);
  const post = openid.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const isPost = methods?.includes('client_secret_post') && !methods.includes('client_secret_basic');
    return (isPost === true ? post : basic)(server, ...rest);
  };
}

/** Returns the provider's issuer from an issuer mismatch; null for any other error. */
function actualIssuerOf(error: unknown): URL | null {
  if (!(error instanceof Error)) return null;
  const mismatch = issuerMismatch.safeParse(error.cause);
  if (mismatch.success) return URL.parse(mismatch.data.body.issuer);
  return actualIssuerOf(error.cause);
}

/** Cause of that error in `oauth4webapi`. */
const issuerMismatch = z.object({
  attribute: z.literal('issuer'),
  body: z.object({ issuer: z.string().max(500) }),
});

function differsBySlashOnly(actualIssuer: URL, issuer: URL): boolean {
  return actualIssuer.href.replace(/\/$/, '') === issuer.href.replace(/\/$/, '');
}

/** Returns only codes, the outermost first: messages may contain tokens and claims. */
export function errorCodes(error: unknown): string {
  const actualIssuer = actualIssuerOf(error);
  if (actualIssuer !== null)
    return `LAMPBOARD_OIDC_ISSUER differs from the provider's issuer: ${actualIssuer.href}`;
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
    // `invalid_client` and the like, RFC 6749, 4.1.2.1 and 5.2.
    if ('error' in cause && typeof cause.error === 'string' && /^[a-z_]{1,40}$/.test(cause.error))
      codes.push(cause.error);
  }
  return codes.join(' ') || errorName(error);
}
