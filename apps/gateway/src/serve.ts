import { createServer } from 'node:http';
import type { FirstAdmin } from './accounts/first-admin.ts';
import type { SignIn } from './accounts/sign-in.ts';
import type { Dispatch } from './commands/commands.ts';
import type { Config } from './config/config.ts';
import { createConsoles } from './consoles/consoles.ts';
import type { FollowedPbx } from './pbx/follow-pbx.ts';
import type { Sessions } from './sessions/sessions.ts';
import { commandRoutes } from './web/command-routes.ts';
import { createOwnPage } from './web/own-page.ts';
import { createSessionBorder } from './web/session-border.ts';
import { signInRoutes } from './web/sign-in-routes.ts';
import { createWeb } from './web/web.ts';

/** A request has to be there in full after so long. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface Served {
  readonly url: string;
  /** Cuts the consoles whose session has ended, and gives the others the rights that they have by now. */
  reviewSessions(): void;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly config: Pick<Config, 'serving' | 'session' | 'hideMessages'>;
  readonly pbx: Pick<FollowedPbx, 'board' | 'isLive' | 'reconnect'>;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly firstAdmin: FirstAdmin;
  readonly dispatch: Dispatch;
  readonly now: () => number;
}

/** Page, interface and sockets on one port; rejects where the address can't be listened on. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { config, pbx, sessions, signIn, firstAdmin, dispatch, now } = options;
  const { host, port, publicUrl, tls, trustedProxies } = config.serving;
  const overTls = tls !== null || publicUrl?.protocol === 'https:';
  const ownPage = createOwnPage(config.serving);
  const border = createSessionBorder({ sessions, overTls, maxMs: config.session.maxMs });
  const web = await createWeb({
    isReady: pbx.isLive,
    ownPage,
    overTls,
    createServer: (handler) => createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, handler),
    trustedProxies,
    addRoutes(routes) {
      signInRoutes(routes, { signIn, firstAdmin, border });
      commandRoutes(routes, { dispatch, border });
    },
  });
  const consoles = createConsoles({
    http: web.server,
    isOwnPage: ({ headers }) => ownPage.isOwnRequest(headers),
    sessionOf: border.of,
    sessions,
    board: pbx.board,
    dispatch,
    hideMessages: config.hideMessages,
    reconnect: pbx.reconnect,
    now,
  });
  await web.listen({ host, port });
  const address = web.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: publicUrl?.href ?? localUrl(tls === null ? 'http' : 'https', host, bound),
    reviewSessions: consoles.review,
    async stop() {
      await Promise.all([consoles.close(), web.close()]);
    },
  };
}

function localUrl(scheme: string, host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}
