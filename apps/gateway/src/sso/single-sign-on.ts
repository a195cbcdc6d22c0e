import type { Role, SingleSignOnRefusal } from '@lampboard/protocol';
import * as openid from 'openid-client';
import { type Clock, systemClock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { SingleSignOnConfig } from './config.ts';
import {
  type Claims,
  extensionsFrom,
  nameFrom,
  neededClaims,
  roleFrom,
  claimAt,
  roleMissing,
} from './identity.ts';
import { createProvider, reasonOf } from './provider.ts';
import { type Transaction, createTransactions } from './transactions.ts';

const REQUEST_TIMEOUT_MS = 5000;

export type SingleSignOnBegun =
  | { readonly ok: true; readonly url: URL; readonly transaction: string }
  | { readonly ok: false; readonly code: 'failed' };

export type SingleSignOnResult =
  | {
      readonly ok: true;
      /** Who it is for ever, whatever the name: issuer and subject. */
      readonly subject: string;
      readonly name: string;
      readonly role: Role;
      /** `exten@context`; empty where the site tells none. */
      readonly extensions: readonly string[];
      /** A path of our own. */
      readonly returnTo: string;
      /** The session that this browser had when it began, by its id. */
      readonly replaces: string | null;
    }
  | { readonly ok: false; readonly code: Extract<SingleSignOnRefusal, 'failed' | 'expired' | 'no-role'> };

/** Sign-in with a site's OpenID provider: authorization code flow with PKCE (S256), state and nonce. */
export interface SingleSignOn {
  readonly label: string;
  /** `url` is where the browser is sent; `transaction` is for a short-lived cookie of that browser alone. */
  begin(from: { returnTo: string; replaces: string | null }): Promise<SingleSignOnBegun>;
  /** `currentUrl` is what the provider led the browser back to, `transaction` what its cookie holds. Works once. */
  finish(currentUrl: URL, transaction: string | undefined): Promise<SingleSignOnResult>;
}

export function createSingleSignOn({
  config,
  callbackUrl,
  key,
  log,
  clock = systemClock,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
}: {
  config: SingleSignOnConfig;
  /** As the provider knows it, without query. */
  callbackUrl: URL;
  /** 256 random bits; what was begun is only finished with the same. */
  key: Uint8Array;
  log: Logger;
  clock?: Pick<Clock, 'now'>;
  /** Milliseconds for each request to the provider. */
  requestTimeoutMs?: number;
}): SingleSignOn {
  const provider = createProvider({ config, requestTimeoutMs });
  const transactions = createTransactions({ key, now: clock.now });
  const scope = [...new Set(['openid', ...config.scopes.split(' ').filter((name) => name !== '')])].join(' ');

  function failed(error: unknown): { readonly ok: false; readonly code: 'failed' } {
    log.warn({ reason: reasonOf(error) }, 'single sign-on failed');
    return { ok: false, code: 'failed' };
  }

  /** Everything that the provider says of them, once it has vouched for them. */
  async function redeem(currentUrl: URL, { state, nonce, verifier }: Transaction) {
    const known = await provider();
    // The provider was given this very address; a proxy may show us another.
    const answered = new URL(callbackUrl);
    answered.search = currentUrl.search;
    const tokens = await openid.authorizationCodeGrant(known, answered, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    const said = tokens.claims();
    if (said === undefined) throw new Error('There is no ID token.');
    const isComplete = neededClaims(config).every((claim) => claimAt(said, claim) !== undefined);
    const claims: Claims =
      isComplete || known.serverMetadata().userinfo_endpoint === undefined
        ? said
        : { ...(await openid.fetchUserInfo(known, tokens.access_token, said.sub)), ...said };
    return { subject: `${said.iss} ${said.sub}`, claims };
  }

  return {
    label: config.label,
    async begin({ returnTo, replaces }) {
      try {
        const known = await provider();
        const begun = {
          state: openid.randomState(),
          nonce: openid.randomNonce(),
          verifier: openid.randomPKCECodeVerifier(),
          returnTo: ownPath(returnTo, callbackUrl),
          replaces,
        };
        const url = openid.buildAuthorizationUrl(known, {
          redirect_uri: callbackUrl.href,
          scope,
          state: begun.state,
          nonce: begun.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
          code_challenge_method: 'S256',
        });
        return { ok: true, url, transaction: await transactions.seal(begun) };
      } catch (error) {
        return failed(error);
      }
    },
    async finish(currentUrl, sealed) {
      const begun = await transactions.take(sealed);
      if (begun === 'expired') return { ok: false, code: 'expired' };
      if (begun === 'spent') return { ok: false, code: 'failed' };
      try {
        const { subject, claims } = await redeem(currentUrl, begun);
        const role = roleFrom(claims, config);
        if (role === null) {
          log.warn({ reason: roleMissing(claims, config) }, 'single sign-on found no role');
          return { ok: false, code: 'no-role' };
        }
        const name = nameFrom(claims, config);
        if (name === null) throw new Error('No claim can be a name.');
        return {
          ok: true,
          subject,
          name,
          role,
          extensions: extensionsFrom(claims, config),
          returnTo: begun.returnTo,
          replaces: begun.replaces,
        };
      } catch (error) {
        transactions.giveBack(begun);
        return failed(error);
      }
    },
  };
}

/** The page itself where this leads anywhere else. */
function ownPath(returnTo: string, { origin }: URL): string {
  if (!URL.canParse(returnTo, origin)) return '/';
  const url = new URL(returnTo, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin !== origin || path.startsWith('//') ? '/' : path;
}
