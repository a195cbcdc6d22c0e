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

/** What proxies add to a request, each in its own way. */
const BY_A_PROXY = /^(?:x-forwarded(?:-.+)?|x-real-ip|forwarded|via)$/;

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
}: Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
}): boolean {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopbackHost(headers.host ?? '') &&
    !Object.keys(headers).some((name) => BY_A_PROXY.test(name))
  );
}
