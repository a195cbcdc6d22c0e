import type { IncomingMessage } from 'node:http';
import { PAGE_PATHS } from '@lampboard/protocol';
import type { FastifyInstance } from 'fastify';
import { isLoopback, isLoopbackHost } from '../platform/network.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { failure } from '../platform/failure.ts';
import { secretsEqual } from '../platform/timing-safe-equal.ts';
import { sendResult } from './reply.ts';

const TOKEN_REQUIRED = failure('forbidden', 'The metrics require LAMPBOARD_METRICS_TOKEN as bearer token.');

const PATHS: ReadonlySet<string> = new Set(Object.values(PAGE_PATHS));

/** Headers of scrapers and browsers. A request with other headers may come from a proxy. */
const DIRECT_HEADERS =
  /^(?:host|user-agent|accept(?:-encoding|-language)?|authorization|connection|cache-control|pragma|cookie|priority|dnt|sec-.+|upgrade-insecure-requests|if-none-match|if-modified-since|x-prometheus-scrape-timeout-seconds)$/;

/** `/metrics`, for local requests and for those with the token; counts every request. */
export function metricsRoutes(
  web: FastifyInstance,
  { metrics, token }: { metrics: Metrics; token: string | null },
): void {
  web.addHook('onResponse', async ({ routeOptions: { url } }, { statusCode }) => {
    // Labels must not contain paths that clients choose.
    metrics.request(url === undefined || url.includes('.') || PATHS.has(url) ? 'page' : url, statusCode);
  });
  web.get('/metrics', async ({ raw }, reply) => {
    if (!mayReadMetrics(raw, token)) {
      return token === null
        ? reply.code(404).send({ status: 'not found' })
        : sendResult(reply, TOKEN_REQUIRED);
    }
    const { contentType, body } = await metrics.text();
    return reply.type(contentType).send(body);
  });
}

/** True for local requests, and for those with the token. */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  const { authorization = '' } = request.headers;
  return (token !== null && secretsEqual(authorization, `Bearer ${token}`)) || isLocalDirectRequest(request);
}

/** True for a request from this machine, by a loopback name, without a proxy. */
export function isLocalDirectRequest({
  socket,
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'headers' | 'httpVersion'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
}): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host ?? '') &&
    // Some proxies use 1.0 and add no header.
    httpVersion === '1.1' &&
    Object.keys(headers).every((name) => DIRECT_HEADERS.test(name))
  );
}
