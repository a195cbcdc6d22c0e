import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PAGE_PATHS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { runCommand } from '../../testkit/processes/run-command.ts';
import { startBalancer } from '../../testkit/cluster/start-balancer.ts';
import { type HttpResponse, httpRequest } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startTestGateway, startForSuite } from '../../testkit/site/test-site.ts';

const HASHED = /\/assets\/[^"/]+-[\w-]{8}\.[a-z0-9]+/gu;
const BROWSER = 'gzip, deflate, br, zstd';
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync };

const gateway = startForSuite(() => startGateway({}));

const get = (path: string, headers = {}, { method = 'GET', url = gateway().url } = {}) =>
  httpRequest(new URL(path, url), { headers, method });

/** Files referenced by the page, and by its style sheets. */
async function filesOf(url = gateway().url): Promise<string[]> {
  const page = await get('/', {}, { url });
  const names = new Set(page.text.match(HASHED));
  for (const name of names) {
    if (!name.endsWith('.css')) continue;
    const { text } = await get(name, {}, { url });
    for (const [, file = ''] of text.matchAll(/url\(([^)]+)\)/g))
      names.add(new URL(file, new URL(name, url)).pathname);
  }
  return [...names];
}

function unpacked({ headers, bytes }: HttpResponse): Buffer {
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return bytes;
  if (encoding === 'br' || encoding === 'gzip') return UNPACK[encoding](bytes);
  throw new Error(`The answer is packed as ${encoding}.`);
}

it('[HT1] every path of the page is the page, whoever asks', async () => {
  for (const path of Object.values(PAGE_PATHS)) {
    for (const accept of ['text/html,*/*;q=0.8', '*/*', 'application/json', undefined]) {
      const headers = accept === undefined ? {} : { accept };
      const page = await get(`${path}?extension=1101%40default`, headers);
      expect(page, `${path} ${accept}`).toMatchObject({
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        text: expect.stringContaining('<div id="root">'),
      });
      const head = await get(path, headers, { method: 'HEAD' });
      expect([head.status, head.text]).toEqual([200, '']);
      expect(head.headers['content-length']).toBe(String(page.bytes.length));
    }
  }
  expect((await get('/wall/')).status).toBe(200);
});

it('[HT1] whatever the page does not have is not found, whoever asks; of the interface it is said as JSON', async () => {
  const paths = ['/nothing', '/admin/nothing', '/me/me', '/index.html', '/assets/nothing-abcdefgh.js'];
  for (const path of paths) {
    for (const accept of ['text/html', '*/*']) {
      expect((await get(path, { accept })).status, `${path} ${accept}`).toBe(404);
      expect((await get(path, { accept }, { method: 'HEAD' })).status).toBe(404);
    }
  }
  for (const path of ['/api', '/api/nothing', '/api/commands', '/assets/nothing.js', '/sso/nothing']) {
    for (const accept of ['text/html', 'application/json']) {
      const answer = await get(path, { accept });
      expect(answer, path).toMatchObject({ status: 404, json: { status: 'not found' } });
    }
  }
});

it('[HT2] balancers may ask by GET, HEAD or OPTIONS, and are told while the board is not live', async () => {
  const down = await startTestGateway({ amiPort: 1 });
  for (const method of ['GET', 'HEAD', 'OPTIONS']) {
    for (const path of ['/', '/healthz', '/readyz']) {
      const { status } = await get(path, {}, { method });
      expect([200, 204], `${method} ${path}`).toContain(status);
      const isDown = path === '/readyz';
      expect((await get(path, {}, { method, url: down.url })).status).toBe(isDown ? 503 : status);
    }
  }
});

it('[HT3] text is sent as the browser can unpack it, and is the same text', async () => {
  const files = ['/', ...(await filesOf()), '/favicon.svg', '/manifest.webmanifest'];
  const texts = files.filter((file) => !file.endsWith('.woff2'));
  expect(texts.length).toBeGreaterThan(4);
  for (const file of texts) {
    const plain = await get(file);
    expect(plain.headers['content-encoding'], file).toBeUndefined();
    for (const [accepted, encoding] of [
      [BROWSER, 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', undefined],
      ['zstd', undefined],
    ]) {
      const answer = await get(file, { 'accept-encoding': accepted });
      expect(answer.headers, `${file} ${accepted}`).toMatchObject({
        'content-type': plain.headers['content-type'],
        vary: 'accept-encoding',
      });
      expect(answer.headers['content-encoding'], `${file} ${accepted}`).toBe(encoding);
      expect(unpacked(answer).equals(plain.bytes)).toBe(true);
      if (encoding !== undefined) expect(answer.bytes.length).toBeLessThan(plain.bytes.length);
    }
  }
});

const nginx = await runCommand({ command: 'nginx', args: ['-v'] });
const ENCODINGS = [
  { name: 'straight', isThere: true, reach: async () => ({ url: gateway().url, stop: async () => {} }) },
  {
    name: 'behind nginx',
    isThere: nginx.code === 0,
    reach: () => startBalancer([Number(new URL(gateway().url).port)]),
  },
];
for (const { name, isThere, reach } of ENCODINGS) {
  it.skipIf(!isThere)(
    `[HT4] ${name}, what never changes is kept, the rest is asked for again, and what is of somebody is not stored`,
    async () => {
      const { url, stop } = await reach();
      const headers = { 'accept-encoding': BROWSER };
      const hashed = await filesOf(url);
      expect(hashed.some((file) => file.endsWith('.woff2'))).toBe(true);
      for (const file of hashed) {
        const { headers: got } = await get(file, headers, { url });
        expect(got['cache-control'], file).toBe('public, max-age=31536000, immutable');
        expect(got['content-encoding'], file).toBe(file.endsWith('.woff2') ? undefined : 'br');
      }
      for (const file of ['/', '/wall', '/admin/health', '/favicon.svg', '/icon-192.png']) {
        const first = await get(file, headers, { url });
        expect(first.headers['cache-control'], file).toMatch(/^(?:no-cache|public, max-age=0)$/);
        const ask = (etag = '') => get(file, { ...headers, 'if-none-match': etag }, { url });
        const again = await ask(first.headers.etag);
        expect([again.status, again.bytes.length], file).toEqual([304, 0]);
        expect(again.headers['cache-control']).toBe(first.headers['cache-control']);
        const other = await ask('W/"other"');
        expect([other.status, other.bytes.length]).toEqual([200, first.bytes.length]);
      }
      for (const path of ['/sign-in', '/setup', '/sso', '/healthz', '/readyz', '/metrics', '/api/me', '/x']) {
        const { headers: got } = await get(path, headers, { url });
        expect(got['cache-control'], path).toBe('no-store');
      }
      await stop();
    },
  );
}
