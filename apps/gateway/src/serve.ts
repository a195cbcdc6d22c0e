import type { Accounts } from './accounts/accounts.ts';
import type { FirstAdmin } from './accounts/first-admin.ts';
import type { SignIn } from './accounts/sign-in.ts';
import type { SignOnThrottle } from './accounts/throttle.ts';
import type { Dispatch } from './commands/commands.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { Config } from './config/config.ts';
import type { ConsoleServer } from './consoles/audience.ts';
import { createConsoles } from './consoles/consoles.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { OwnBoards } from './own-board/own-boards.ts';
import type { Logger } from './log.ts';
import { hostAndPort } from './loopback.ts';
import type { FollowedPbx } from './reader.ts';
import { cookieName } from './sessions/cookie.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { StoreWriter } from './store/store-writer.ts';
import { createSingleSignOn } from './sso/single-sign-on.ts';
import { createSsoAccounts } from './sso/sso-accounts.ts';
import { addressOf } from './web/address.ts';
import { auditRoutes } from './web/audit-routes.ts';
import { commandRoutes } from './web/command-routes.ts';
import { createConnectionGuard } from './web/connection-guard.ts';
import { connectionLimits } from './web/connection-limits.ts';
import { securityHeaders } from './web/headers.ts';
import { createOwnPage } from './web/own-page.ts';
import { createSessionBorder } from './web/session-border.ts';
import { createServerFactory } from './web/server-factory.ts';
import { signInRoutes } from './web/sign-in-routes.ts';
import { ssoRoutes } from './web/sso-routes.ts';
import { createWeb } from './web/web.ts';

export interface Served {
  readonly url: string;
  /** Cuts the consoles whose session has ended, and gives the others the rights that they have by now. */
  reviewSessions(): void;
  /** Reads certificate and key again. */
  reload(): void;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly io: ConsoleServer;
  readonly config: Pick<Config, 'serving' | 'session' | 'hideMessages' | 'oidc' | 'metricsToken'>;
  readonly pbx: Pick<FollowedPbx, 'board' | 'isLive' | 'reconnect'>;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** Eight digits that tell the store from others. */
  readonly store: string;
  readonly signIn: SignIn;
  readonly firstAdmin: FirstAdmin;
  readonly signOnThrottle: SignOnThrottle;
  /** Seals what browsers keep of a single sign-on that has begun. */
  readonly signOnKey: () => Uint8Array;
  readonly storeRefusal: StoreWriter['refusal'];
  readonly ownBoards: OwnBoards;
  readonly dispatch: Dispatch;
  readonly metrics: Metrics;
  readonly audit: AuditLog;
  readonly now: () => number;
  readonly log: Logger;
}

/** Page, interface and sockets on one port; rejects where the address can't be listened on, or TLS can't be spoken. */
export async function serve(options: ServeOptions): Promise<Served> {
  const {
    io,
    config,
    pbx,
    accounts,
    sessions,
    store,
    signIn,
    firstAdmin,
    signOnThrottle,
    signOnKey,
    storeRefusal,
    ownBoards,
    dispatch,
    metrics,
    audit,
    now,
    log,
  } = options;
  const { host, port, publicUrl, tls, trustedProxies } = config.serving;
  const overTls = tls !== null || publicUrl?.protocol === 'https:';
  const ownPage = createOwnPage(config.serving);
  const name = cookieName({ overTls, store });
  const border = createSessionBorder({ sessions, name, overTls, maxMs: config.session.maxMs });
  const limits = connectionLimits();
  const guard = createConnectionGuard({
    limits,
    isTrusted: ownPage.isFromProxy,
    onDropped: metrics.connectionDropped,
  });
  const headers = securityHeaders({ overTls });
  const server = createServerFactory({ tls, headers, guard, log });
  const web = await createWeb({
    isReady: pbx.isLive,
    ownPage,
    publicUrl,
    createServer: server.create,
    trustedProxies,
    metrics,
    metricsToken: config.metricsToken,
    log,
    storeRefusal,
    onRefused: (request, detail) =>
      audit.record('refused', { by: null, address: addressOf(request), detail }),
    addRoutes(routes) {
      signInRoutes(routes, { signIn, firstAdmin, border, audit });
      auditRoutes(routes, { audit, border });
      commandRoutes(routes, { dispatch, border });
      const { oidc } = config;
      if (oidc === null || publicUrl === null) return;
      const callbackUrl = new URL('sso/callback', publicUrl);
      ssoRoutes(routes, {
        singleSignOn: createSingleSignOn({ config: oidc, callbackUrl, key: signOnKey(), log }),
        accountOf: createSsoAccounts({ accounts, tellsExtensions: oidc.extensionClaim !== null }),
        throttle: signOnThrottle,
        border,
        ownPage,
        publicUrl,
        cookieName: `${name}-sso`,
        overTls,
        metrics,
        storeRefusal,
        audit,
      });
    },
  });
  const consoles = createConsoles({
    io,
    http: web.server,
    isOwnPage: ({ headers: asked, socket }) =>
      !ownPage.isRoundProxy(socket.remoteAddress) && ownPage.isOwnRequest(asked),
    onAdmitted: guard.admit,
    headers,
    sessionOf: border.of,
    sessions,
    board: pbx.board,
    ownBoards,
    dispatch,
    hideMessages: config.hideMessages,
    reconnect: pbx.reconnect,
    metrics,
    now,
  });
  // Many clients come back at once: none has to knock twice.
  await web.listen({ host, port, backlog: limits.total });
  const address = web.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: publicUrl?.href ?? localUrl(tls === null ? 'http' : 'https', host, bound),
    reviewSessions: consoles.review,
    reload: server.reload,
    async stop() {
      server.close();
      await Promise.all([consoles.close(), web.close()]);
    },
  };
}

function localUrl(scheme: string, host: string, port: number): string {
  return `${scheme}://${hostAndPort(host, port)}/`;
}
