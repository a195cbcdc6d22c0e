import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';

/** The console as it was built, beside the gateway's own build. */
const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url));

/**
 * Nothing is loaded from elsewhere and no text can become a script; React sets single style properties, which this
 * policy does not count as inline styles.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page and the two probes. `/readyz` answers 200 only while the board is live. */
export async function createWeb({ isReady }: { isReady: () => boolean }): Promise<FastifyInstance> {
  // A connection that never says anything would hold up the end.
  const web = fastify({ forceCloseConnections: true });
  web.addHook('onRequest', async (_, reply) => {
    reply.headers(HEADERS);
  });
  web.get('/healthz', () => ({ status: 'serving' }));
  web.get('/readyz', (_, reply) =>
    isReady() ? { status: 'live' } : reply.code(503).send({ status: 'no live link to Asterisk' }),
  );
  await web.register(fastifyStatic, {
    root: CONSOLE,
    immutable: true,
    maxAge: '1y',
    index: false,
    wildcard: false,
  });
  web.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
    if (!isPage) return reply.code(404).send({ status: 'not found' });
    return reply.sendFile('index.html', { immutable: false, maxAge: 0 });
  });
  return web;
}
