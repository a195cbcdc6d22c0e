import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import fastifyStatic from '@fastify/static';
import { PAGE_PATHS } from '@lampboard/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { YEAR_S } from './security-headers.ts';

/** The built page, with compressed files. */
const CONSOLE_DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Pages that the browser must not show from its cache after a sign-out. */
const NO_STORE_PATHS: readonly string[] = [PAGE_PATHS.signIn, PAGE_PATHS.setup, PAGE_PATHS.invitation];

/** Prefixes without pages. */
const NON_PAGE_PATHS = /^\/(?:api|assets|socket\.io|sso)(?:[/?]|$)/;

/** Served instead of the plain files, never by their own paths. */
const COMPRESSED_FILES = ['**/*.{br,gz}'];

/** Serves the page at each of its paths, and its files: hashed ones are immutable, others are revalidated. */
export async function pageFiles(web: FastifyInstance, basePath: string): Promise<void> {
  const sendPage = await createSendPage(basePath);
  for (const path of Object.values(PAGE_PATHS)) {
    web.get(path, (request, reply) => {
      if (!NO_STORE_PATHS.includes(path)) void reply.header('cache-control', 'no-cache');
      return sendPage(request, reply);
    });
    web.options(path, (_, reply) => reply.code(204).header('allow', 'GET, HEAD, OPTIONS').send());
  }
  web.setNotFoundHandler((request, reply) => {
    const { method, url, headers } = request;
    const isNavigation =
      (method === 'GET' || method === 'HEAD') &&
      headers.accept?.includes('text/html') &&
      !NON_PAGE_PATHS.test(url);
    void reply.code(404);
    return isNavigation ? sendPage(request, reply) : reply.send({ status: 'not found' });
  });
  const shared = { index: false, wildcard: false, preCompressed: true } as const;
  await web.register(async (files) => {
    files.addHook('onRequest', async (_, reply) => void reply.header('vary', 'accept-encoding'));
    await files.register(fastifyStatic, {
      ...shared,
      globIgnore: COMPRESSED_FILES,
      root: join(CONSOLE_DIST, 'assets'),
      prefix: '/assets/',
      maxAge: YEAR_S * 1000,
      immutable: true,
    });
    await files.register(fastifyStatic, {
      ...shared,
      globIgnore: [...COMPRESSED_FILES, 'assets/**', 'index.html'],
      root: CONSOLE_DIST,
      decorateReply: false,
      maxAge: 0,
    });
  });
}

/** Addresses in `index.html` as built: relative, so that one build serves every base path. */
const RELATIVE_ADDRESSES = /(?<=")\.\//g;

/** The ETag is a hash of the content: modification times of builds may be fixed. */
async function createSendPage(
  basePath: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply> {
  const built = await readFile(join(CONSOLE_DIST, 'index.html'), 'utf8');
  const plain = built.replaceAll(RELATIVE_ADDRESSES, basePath);
  const bodies = { br: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }) };
  const tag = createHash('sha256').update(plain).digest('base64url');

  return ({ headers }, reply) => {
    const encoding = negotiate(headers['accept-encoding'] ?? '', ['br', 'gzip']);
    void reply.headers({ vary: 'accept-encoding', etag: `W/"${tag}"` });
    if (reply.statusCode === 200 && headers['if-none-match']?.includes(tag)) return reply.code(304).send();
    if (encoding !== null) void reply.header('content-encoding', encoding);
    return reply.type('text/html; charset=utf-8').send(encoding === null ? plain : bodies[encoding]);
  };
}
