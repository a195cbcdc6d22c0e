import * as openid from 'openid-client';
import { z } from 'zod';
import { isLoopbackHost } from '../../platform/network.ts';
import type { SingleSignOnConfig } from '../../config/oidc.ts';

/** Seconds by which the provider's clock may be off. */
const CLOCK_TOLERANCE_S = 10;

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0), asked for when it is first needed and again after
 * a failure: one that is down does not keep the gateway from starting. Rejects where it can't be had.
 */
export function createProvider({
  config,
  requestTimeoutMs,
}: {
  config: Pick<SingleSignOnConfig, 'issuer' | 'clientId' | 'clientSecret'>;
  /** For every request that is made to it, now and later. */
  requestTimeoutMs: number;
}): () => Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = config;
  // A provider on this machine may do without TLS; anywhere else it may not.
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
    // Without it the signature of an ID token would count for nothing beside the TLS that it came over.
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

/** In the header, which is the default of the standard, unless the provider only takes it in the body. */
function secretAuthentication(secret: string): openid.ClientAuth {
  const basic = openid.ClientSecretBasic(secret);
  const post = openid.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const isPost = methods?.includes('client_secret_post') && !methods.includes('client_secret_basic');
    return (isPost === true ? post : basic)(server, ...rest);
  };
}

/** What the provider calls itself, where that was not what it was asked as; null for any other error. */
function actualIssuerOf(error: unknown): URL | null {
  if (!(error instanceof Error)) return null;
  const mismatch = issuerMismatch.safeParse(error.cause);
  if (mismatch.success) return URL.parse(mismatch.data.body.issuer);
  return actualIssuerOf(error.cause);
}

/** What `oauth4webapi` gives as the cause of that error. */
const issuerMismatch = z.object({
  attribute: z.literal('issuer'),
  body: z.object({ issuer: z.string().max(500) }),
});

function differsBySlashOnly(actualIssuer: URL, issuer: URL): boolean {
  return actualIssuer.href.replace(/\/$/, '') === issuer.href.replace(/\/$/, '');
}

/** Codes alone, the outermost first: messages and causes of these errors may hold tokens and claims. */
export function errorCodes(error: unknown): string {
  const actualIssuer = actualIssuerOf(error);
  if (actualIssuer !== null)
    return `LAMPBOARD_OIDC_ISSUER is not what the provider calls itself: ${actualIssuer.href}`;
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
    // `invalid_client` and the like, RFC 6749, 4.1.2.1 and 5.2.
    if ('error' in cause && typeof cause.error === 'string' && /^[a-z_]{1,40}$/.test(cause.error)) {
      codes.push(cause.error);
    }
  }
  if (codes.length > 0) return codes.join(' ');
  return error instanceof Error ? error.name : 'unknown';
}
