import type { Accounts } from './auth/accounts.ts';
import type { FirstAdmin } from './auth/first-admin.ts';
import type { InvitationSignIn } from './auth/invitation-sign-in.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { SsoLimiter } from './auth/login-limiter.ts';
import type { Dispatch } from './auth/dispatcher.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { Config } from './config/config.ts';
import { pageUrl } from './config/serving.ts';
import type { IoServer } from './realtime/io-server.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { UserSettingsStore } from './preferences/user-settings.ts';
import type { Logger } from './platform/log.ts';
import type { BoardService } from './presence/board-service.ts';
import { cookieName, createSessionAuth } from './http/session-auth.ts';
import type { Sessions } from './auth/sessions.ts';
import type { StoreWriter } from './platform/store/store-writer.ts';
import { createSingleSignOn } from './auth/sso/single-sign-on.ts';
import { createSsoAccounts } from './auth/sso/sso-accounts.ts';
import { clientIp } from './http/client-ip.ts';
import {
  type DirectoryRoutesOptions,
  auditRoutes,
  commandRoutes,
  directoryRoutes,
} from './http/api-routes.ts';
import { createConnectionLimiter, connectionLimits } from './http/connection-limiter.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createOriginCheck } from './http/origin-check.ts';
import { createServerFactory } from './http/server-factory.ts';
import { signInRoutes } from './http/sign-in-routes.ts';
import { ssoRoutes } from './http/sso-routes.ts';
import { createHttpApp } from './http/http-app.ts';

export interface ServerOptions {
  readonly io: IoServer;
  readonly config: Pick<
    Config,
    'http' | 'session' | 'hideOthersMessages' | 'othersCalls' | 'oidc' | 'metricsToken'
  >;
  readonly pbx: Pick<BoardService, 'board' | 'reconnect'>;
  readonly pbxIds: readonly string[];
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** Eight digits that identify the store. */
  readonly store: string;
  readonly signIn: SignIn;
  readonly firstAdmin: FirstAdmin;
  readonly invitationSignIn: InvitationSignIn;
  readonly ssoLimiter: SsoLimiter;
  /** Key that seals the login state of a single sign-on in the browser's cookie. */
  readonly ssoKey: () => Uint8Array;
  readonly toStoreFailure: StoreWriter['toFailure'];
  readonly userSettings: UserSettingsStore;
  readonly directoryService: DirectoryRoutesOptions['directoryService'];
  readonly dispatch: Dispatch;
  readonly metrics: Metrics;
  readonly audit: AuditLog;
  readonly now: () => number;
  readonly log: Logger;
}

/** Serves pages, API and sockets on one port; rejects if the address or the certificate can't be used. */
export async function startServer(options: ServerOptions) {
  const { config, pbx, sessions, metrics, audit, log } = options;
  const { host, port, publicUrl, basePath, tls, trustedProxies } = config.http;
  const overTls = tls !== null || publicUrl?.protocol === 'https:';
  const originCheck = createOriginCheck(config.http);
  const name = cookieName({ overTls, basePath, store: options.store });
  const { maxMs: maxAgeMs } = config.session;
  const sessionAuth = createSessionAuth(sessions, { name, overTls, basePath, maxAgeMs });
  const limits = connectionLimits();
  const guard = createConnectionLimiter({
    limits,
    isTrusted: originCheck.isTrustedProxy,
    onDropped: metrics.connectionDropped,
  });
  const headers = securityHeaders({ overTls, basePath });
  const server = createServerFactory({ tls, headers, guard, log });
  const web = await createHttpApp({
    ...options,
    pbxs: () => pbx.board.current().pbxs.values(),
    originCheck,
    publicUrl,
    basePath,
    createServer: server.create,
    trustedProxies,
    metricsToken: config.metricsToken,
    onRejected: (request, detail) =>
      audit.record('refused', { actor: null, address: clientIp(request), detail }),
    addRoutes(routes) {
      signInRoutes(routes, { ...options, sessionAuth });
      auditRoutes(routes, { audit, sessionAuth });
      directoryRoutes(routes, { ...options, sessionAuth });
      commandRoutes(routes, { dispatch: options.dispatch, sessionAuth });
      const { oidc } = config;
      if (oidc === null || publicUrl === null) return;
      const callbackUrl = new URL('sso/callback', publicUrl);
      const { accounts, pbxIds, ssoKey, ssoLimiter } = options;
      ssoRoutes(routes, {
        ...options,
        singleSignOn: createSingleSignOn({ config: oidc, callbackUrl, key: ssoKey(), log }),
        resolveAccount: createSsoAccounts({
          accounts,
          providesExtensions: oidc.extensionClaim !== null,
          pbxIds,
        }),
        limiter: ssoLimiter,
        sessionAuth,
        originCheck,
        publicUrl,
        cookieName: `${name}-sso`,
        overTls,
      });
    },
  });
  const clientServer = createSocketServer({
    ...options,
    http: web.server,
    basePath,
    isSameOrigin: ({ headers: requestHeaders, socket }) =>
      !originCheck.bypassesProxy(socket.remoteAddress) && originCheck.isSameOrigin(requestHeaders),
    onAdmitted: guard.markAuthenticated,
    headers,
    getSession: sessionAuth.getSession,
    board: pbx.board,
    hideOthersMessages: config.hideOthersMessages,
    othersCalls: config.othersCalls,
    reconnect: pbx.reconnect,
  });
  // Room for all clients that reconnect at the same time.
  await web.listen({ host, port, backlog: limits.total });
  const address = web.server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: pageUrl({ ...config.http, port: boundPort }),
    /** Disconnects the clients whose session has ended, and updates the rights of the others. */
    revalidateSessions: clientServer.revalidate,
    /** Reloads certificate and key. */
    reload: server.reload,
    async stop() {
      server.close();
      await Promise.all([clientServer.close(), web.close()]);
    },
  };
}
