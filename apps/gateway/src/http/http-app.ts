import { type FastifyInstance, type FastifyRequest, type FastifyServerFactory, fastify } from 'fastify';
import type { Logger } from '../platform/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { failure } from '../platform/failure.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { registerErrorHandler, sendResult } from './reply.ts';
import { metricsRoutes } from './metrics-routes.ts';
import type { OriginCheck } from './origin-check.ts';
import { pageFiles } from './page-files.ts';

/** Asked by what watches over the gateway, and answered on every way. */
const MONITORING_ROUTES: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

const WRONG_ORIGIN = failure(
  'forbidden',
  'This address is not Lampboard’s own: set LAMPBOARD_PUBLIC_URL to it, or have the proxy in between keep the header Host.',
);

/** Balancers ask in their own ways: HAProxy by `OPTIONS`. */
const PROBE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** The largest request is a presence of about a kilobyte, or an account. */
const MAX_BODY_BYTES = 16 * 1024;

export interface WebOptions {
  readonly isReady: () => boolean;
  readonly originCheck: OriginCheck;
  readonly publicUrl: URL | null;
  /** Speaks TLS, or leaves that to a proxy; gives every answer its headers. */
  readonly createServer: FastifyServerFactory;
  readonly trustedProxies: readonly string[];
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  /** The answer where the store can't be read or written; null for any other error. */
  readonly toStoreFailure: StoreWriter['toFailure'];
  readonly addRoutes: (web: FastifyInstance) => void;
  /** Another site's page, another name, or a way round the proxy: `why` says which. */
  readonly onRejected: (request: FastifyRequest, reason: string) => void;
  readonly log: Logger;
}

function proxyBypassMessage({ href }: URL, peer = ''): string {
  return `Lampboard is used at ${href}. If you came from there, LAMPBOARD_TRUSTED_PROXIES lacks the address of the proxy, ${peer}.`;
}

/** The page, its interface, the metrics and the two probes. `/readyz` answers 200 only while the board is live. */
export async function createWeb(options: WebOptions): Promise<FastifyInstance> {
  const {
    isReady,
    originCheck,
    publicUrl,
    createServer,
    trustedProxies,
    metrics,
    metricsToken,
    toStoreFailure,
    addRoutes,
    onRejected,
    log,
  } = options;
  const web = fastify({
    serverFactory: createServer,
    // A connection that never says anything would hold up the end.
    forceCloseConnections: true,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true },
    // The servers answer what breaks before there is a request.
    clientErrorHandler() {},
  });
  // JSON only: a form of another site's could send plain text without asking first.
  web.removeContentTypeParser('text/plain');
  registerErrorHandler(web, { toStoreFailure, log });
  web.addHook('onRequest', async (request, reply) => {
    const { raw, routeOptions } = request;
    if (publicUrl === null || MONITORING_ROUTES.has(routeOptions.url)) return undefined;
    if (!originCheck.bypassesProxy(raw.socket.remoteAddress)) return undefined;
    onRejected(request, 'round the proxy');
    // No redirect: where the proxy's address is not the one that is set, it would lead here for ever.
    return sendResult(reply, failure('forbidden', proxyBypassMessage(publicUrl, raw.socket.remoteAddress)));
  });
  web.route({ method: PROBE_METHODS, url: '/healthz', handler: () => ({ status: 'serving' }) });
  web.route({
    method: PROBE_METHODS,
    url: '/readyz',
    handler: (_, reply) =>
      isReady() ? { status: 'live' } : reply.code(503).send({ status: 'no live link to Asterisk' }),
  });
  metricsRoutes(web, { metrics, token: metricsToken });
  // By the route that was found: there is more than one way to write an address.
  await web.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      const { method, headers: requestHeaders } = request;
      const isAllowed =
        method === 'GET'
          ? originCheck.isAllowedHost(requestHeaders.host)
          : originCheck.isSameOrigin(requestHeaders);
      if (isAllowed) return undefined;
      onRejected(request, 'another page or name');
      return sendResult(reply, WRONG_ORIGIN);
    });
    addRoutes(api);
  });
  await pageFiles(web);
  return web;
}
