import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';

/** The console as it was built, beside the gateway's own build. */
const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** The page and the two probes. `/readyz` answers 200 only while the board is live. */
export async function createWeb({ isReady }: { isReady: () => boolean }): Promise<FastifyInstance> {
  const web = fastify();
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
