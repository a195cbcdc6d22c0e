import type { Role, SingleSignOnFailure } from '@lampboard/protocol';
import * as openid from 'openid-client';
import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/log.ts';
import type { SingleSignOnConfig } from '../../config/oidc.ts';
import { extensionsFrom, missingRoleReason, nameFrom, readClaim, roleFrom } from './claims.ts';
import { createProvider, errorCodes } from './provider.ts';
import { type LoginState, createLoginStates } from './login-state.ts';

const REQUEST_TIMEOUT_MS = 5000;

export type SingleSignOnResult =
  | {
      readonly ok: true;
      /** Issuer and subject: permanent, unlike the name. */
      readonly subject: string;
      readonly name: string;
      readonly role: Role;
      /** `exten@context`. */
      readonly extensions: readonly string[];
      /** A path below that of the public URL; begins with a slash. */
      readonly returnTo: string;
      /** The browser's session at the start of the sign-in. */
      readonly previousSessionId: string | null;
    }
  | { readonly ok: false; readonly code: Extract<SingleSignOnFailure, 'failed' | 'expired' | 'no-role'> };

/** OpenID Connect authorization code flow with PKCE (S256), state and nonce. */
export type SingleSignOn = ReturnType<typeof createSingleSignOn>;

export function createSingleSignOn({
  config,
  callbackUrl,
  key,
  log,
  clock = systemClock,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
}: {
  config: SingleSignOnConfig;
  /** As registered at the provider. */
  callbackUrl: URL;
  /** 256 random bits; encrypts the state. */
  key: Uint8Array;
  log: Logger;
  clock?: Pick<Clock, 'now'>;
  requestTimeoutMs?: number;
}) {
  const provider = createProvider(config, requestTimeoutMs);
  const loginStates = createLoginStates({ key, now: clock.now });
  const scope = [...new Set(['openid', ...config.scopes.split(' ').filter((name) => name !== '')])].join(' ');

  function failed(error: unknown): { readonly ok: false; readonly code: 'failed' } {
    log.warn({ reason: errorCodes(error) }, 'single sign-on failed');
    return { ok: false, code: 'failed' };
  }

  async function exchangeCode(currentUrl: URL, { state, nonce, verifier }: LoginState) {
    const configuration = await provider();
    // Behind a proxy, the request may have another URL than the registered one.
    const responseUrl = new URL(callbackUrl);
    responseUrl.search = currentUrl.search;
    const tokens = await openid.authorizationCodeGrant(configuration, responseUrl, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    const idTokenClaims = tokens.claims();
    if (idTokenClaims === undefined) throw new Error('There is no ID token.');
    const { accountClaim, roleClaim, extensionClaim } = config;
    const isComplete = [accountClaim, roleClaim, extensionClaim].every(
      (claim) => claim === null || readClaim(idTokenClaims, claim) !== undefined,
    );
    const { iss, sub } = idTokenClaims;
    const userinfo =
      isComplete || configuration.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : await openid.fetchUserInfo(configuration, tokens.access_token, sub);
    return { subject: `${iss} ${sub}`, claims: { ...userinfo, ...idTokenClaims } };
  }

  return {
    /** Returns the URL to redirect to, and the state for a short-lived cookie. */
    async begin({ returnTo, previousSessionId }: Pick<LoginState, 'returnTo' | 'previousSessionId'>) {
      try {
        const configuration = await provider();
        const loginState = {
          state: openid.randomState(),
          nonce: openid.randomNonce(),
          verifier: openid.randomPKCECodeVerifier(),
          returnTo: safeReturnPath(returnTo, callbackUrl),
          previousSessionId,
        };
        const url = openid.buildAuthorizationUrl(configuration, {
          redirect_uri: callbackUrl.href,
          scope,
          state: loginState.state,
          nonce: loginState.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(loginState.verifier),
          code_challenge_method: 'S256',
        });
        return { ok: true, url, sealedState: await loginStates.seal(loginState) } as const;
      } catch (error) {
        return failed(error);
      }
    },
    /** `currentUrl` is the request of the callback, `sealedState` its cookie. Succeeds once. */
    async finish(currentUrl: URL, sealedState: string | undefined): Promise<SingleSignOnResult> {
      const loginState = await loginStates.consume(sealedState);
      if (loginState === 'expired') return { ok: false, code: 'expired' };
      if (loginState === 'used') return { ok: false, code: 'failed' };
      try {
        const { subject, claims } = await exchangeCode(currentUrl, loginState);
        const role = roleFrom(claims, config);
        if (role === null) {
          log.warn({ reason: missingRoleReason(claims, config.roleClaim) }, 'single sign-on without a role');
          return { ok: false, code: 'no-role' };
        }
        const name = nameFrom(claims, config.accountClaim);
        if (name === null) throw new Error('No claim can be a name.');
        const { returnTo, previousSessionId } = loginState;
        const extensions = extensionsFrom(claims, config);
        return { ok: true, subject, name, role, extensions, returnTo, previousSessionId };
      } catch (error) {
        loginStates.release(loginState);
        return failed(error);
      }
    },
  };
}

/** Returns `/` for URLs of other origins. */
function safeReturnPath(returnTo: string, { origin }: URL): string {
  if (!URL.canParse(returnTo, origin)) return '/';
  const url = new URL(returnTo, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin !== origin || path.startsWith('//') ? '/' : path;
}
