import { type FastifyInstance, type FastifyRequest, type FastifyServerFactory, fastify } from 'fastify';
import type { Logger } from '../platform/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Pbx } from '@lampboard/protocol';
import { failure } from '../platform/failure.ts';
import { VERSION } from '../platform/version.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { registerErrorHandler, sendResult } from './reply.ts';
import { mayReadMetrics, metricsRoutes } from './metrics-routes.ts';
import type { OriginCheck } from './origin-check.ts';
import { pageFiles } from './page-files.ts';

/** Not restricted by origin or proxy. */
const MONITORING_ROUTES: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

const WRONG_ORIGIN = failure(
  'forbidden',
  'This is not Lampboard’s address: set LAMPBOARD_PUBLIC_URL to it, or let the proxy forward the header Host.',
);

/** HAProxy probes with `OPTIONS`. */
const PROBE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

export const MAX_BODY_BYTES = 16 * 1024;

interface HttpAppOptions {
  readonly pbxs: () => Iterable<Pick<Pbx, 'id' | 'link'>>;
  readonly originCheck: OriginCheck;
  readonly publicUrl: URL | null;
  /** Eight digits that identify the store. */
  readonly store: string;
  readonly basePath: string;
  readonly createServer: FastifyServerFactory;
  readonly trustedProxies: readonly string[];
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly toStoreFailure: StoreWriter['toFailure'];
  readonly addRoutes: (web: FastifyInstance) => void;
  /** Another origin or host, or a request that bypasses the proxy. */
  readonly onRejected: (request: FastifyRequest, reason: string) => void;
  readonly log: Logger;
}

function proxyBypassMessage({ href }: URL, peer = ''): string {
  return `Lampboard’s address is ${href}. If you used it, LAMPBOARD_TRUSTED_PROXIES lacks the address of the proxy, ${peer}.`;
}

function wrongPathMessage({ href }: URL): string {
  return `Lampboard’s address is ${href}. If you used it, the proxy removes the path: it must pass it on unchanged.`;
}

/** Serves the page, the API, the metrics and the probes; `/readyz` is 200 only while a PBX is live. */
export async function createHttpApp(options: HttpAppOptions): Promise<FastifyInstance> {
  const { pbxs, originCheck, publicUrl, basePath, trustedProxies, metrics, metricsToken, onRejected } =
    options;
  const web = fastify({
    serverFactory: options.createServer,
    // Idle connections would delay the stop.
    forceCloseConnections: true,
    // A slow or busy machine starts late, rather than not at all.
    pluginTimeout: 0,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: MAX_BODY_BYTES,
    // Routes are those of a public URL without a path.
    rewriteUrl: ({ url = '' }) => (url.startsWith(basePath) ? url.slice(basePath.length - 1) : url),
    routerOptions: { ignoreTrailingSlash: true },
    // The server factory handles client errors.
    clientErrorHandler() {},
  });
  // JSON only: forms of other sites can send plain text without a preflight request.
  web.removeContentTypeParser('text/plain');
  registerErrorHandler(web, options);
  web.addHook('onRequest', async (request, reply) => {
    const { raw, routeOptions } = request;
    if (publicUrl === null || MONITORING_ROUTES.has(routeOptions.url)) return undefined;
    if (!originCheck.bypassesProxy(raw.socket.remoteAddress)) return undefined;
    onRejected(request, 'proxy bypassed');
    // A redirect would loop if the address of the proxy is misconfigured.
    return sendResult(reply, failure('forbidden', proxyBypassMessage(publicUrl, raw.socket.remoteAddress)));
  });
  if (publicUrl !== null && basePath !== '/') rejectOtherPaths(web, { publicUrl, log: options.log });
  web.route({
    method: PROBE_METHODS,
    url: '/healthz',
    handler: ({ ips = [] }) => ({
      status: 'serving',
      version: VERSION,
      store: options.store,
      // A trusted proxy has named its client.
      forwarded: ips.length > 1,
    }),
  });
  web.route({
    method: PROBE_METHODS,
    url: '/readyz',
    handler({ raw }, reply) {
      const states = Array.from(pbxs(), ({ id, link }) => [id, link.state] as const);
      const isReady = states.some(([, state]) => state === 'live');
      // Accounts may be limited to some of them.
      const isListed = states.length > 1 && mayReadMetrics(raw, metricsToken);
      const several = isListed ? { pbxs: Object.fromEntries(states) } : {};
      const status = isReady ? 'live' : 'no live link to Asterisk';
      return reply.code(isReady ? 200 : 503).send({ status, ...several });
    },
  });
  metricsRoutes(web, { metrics, token: metricsToken });
  // A hook of the routes: checks of the URL could be bypassed by other spellings.
  await web.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      const { method, headers } = request;
      const { isAllowedHost, isSameOrigin } = originCheck;
      if (method === 'GET' ? isAllowedHost(headers.host) : isSameOrigin(headers)) return undefined;
      onRejected(request, 'other origin or host');
      return sendResult(reply, WRONG_ORIGIN);
    });
    options.addRoutes(api);
  });
  await pageFiles(web, basePath);
  return web;
}

/** Answers requests outside the path of the public URL with 404; the path without its last slash leads to it. */
function rejectOtherPaths(web: FastifyInstance, { publicUrl, log }: { publicUrl: URL; log: Logger }): void {
  const { pathname: basePath } = publicUrl;
  let isLogged = false;
  web.addHook('onRequest', async ({ originalUrl, routeOptions }, reply) => {
    if (originalUrl.startsWith(basePath) || MONITORING_ROUTES.has(routeOptions.url)) return undefined;
    const withSlash = originalUrl.replace(/(?=\?)|$/, '/');
    if (withSlash.startsWith(basePath)) return reply.redirect(withSlash);
    if (!isLogged)
      log.warn(
        `a request came without the path ${basePath} of LAMPBOARD_PUBLIC_URL: if it is the proxy’s, the proxy must pass the path on unchanged`,
      );
    isLogged = true;
    return reply.code(404).send({ status: 'not found', message: wrongPathMessage(publicUrl) });
  });
}
