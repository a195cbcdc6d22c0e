import type { IncomingMessage } from 'node:http';
import { PAGES } from '@lampboard/protocol';
import type { FastifyInstance } from 'fastify';
import { isLoopback, isLoopbackHost } from '../loopback.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { refuse } from '../refuse.ts';
import { sameSecret } from '../same-secret.ts';
import { sendAnswer } from './answer.ts';

const NO_TOKEN = refuse('forbidden', 'The metrics are for whoever bears LAMPBOARD_METRICS_TOKEN.');

const IS_PAGE: ReadonlySet<string> = new Set(Object.values(PAGES));

/** Headers that a scraper or a browser sends by itself. A request with any other one may come from a proxy. */
const DIRECT =
  /^(?:host|user-agent|accept(?:-encoding|-language)?|authorization|connection|cache-control|pragma|cookie|priority|dnt|sec-.+|upgrade-insecure-requests|if-none-match|if-modified-since|x-prometheus-scrape-timeout-seconds)$/;

/**
 * `/metrics`, for a Prometheus on this very machine, or for whoever bears the token; without a token there is nothing
 * here for others. Counts every request by the way.
 */
export function metricsRoutes(
  web: FastifyInstance,
  { metrics, token }: { metrics: Metrics; token: string | null },
): void {
  web.addHook('onResponse', async ({ routeOptions: { url } }, { statusCode }) => {
    // Files of the page, and places in it, are what somebody may type.
    metrics.request(url === undefined || url.includes('.') || IS_PAGE.has(url) ? 'page' : url, statusCode);
  });
  web.get('/metrics', async ({ raw, headers: { authorization } }, reply) => {
    const isBearer = token !== null && sameSecret(authorization ?? '', `Bearer ${token}`);
    if (!isBearer && !isOwnMachine(raw)) {
      return token === null ? reply.code(404).send({ status: 'not found' }) : sendAnswer(reply, NO_TOKEN);
    }
    const { contentType, body } = await metrics.text();
    return reply.type(contentType).send(body);
  });
}

/** A connection from this machine, by a name that only this machine has, and nobody in between. */
export function isOwnMachine({
  socket,
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'headers' | 'httpVersion'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
}): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host ?? '') &&
    // What scrapers and browsers speak; some proxies ask in 1.0, and add no header.
    httpVersion === '1.1' &&
    Object.keys(headers).every((name) => DIRECT.test(name))
  );
}
