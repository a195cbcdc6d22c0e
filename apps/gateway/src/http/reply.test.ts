import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { registerErrorHandler } from './reply.ts';

it('[CF9] logs an internal error with route and stack, without its message', async () => {
  const warnings: [object, string?][] = [];
  const web = fastify();
  registerErrorHandler(web, {
    toStoreFailure: () => null,
    log: { info: () => {}, warn: (...args: [object, string?]) => void warnings.push(args) },
  });
  web.post('/api/things/:name', function failingHandler() {
    throw new TypeError('cannot read hush');
  });

  const failed = await web.inject({ method: 'POST', url: '/api/things/hush', payload: { text: 'hush' } });
  expect(failed.json()).toMatchObject({ ok: false, code: 'internal-error' });
  expect(failed.statusCode).toBe(500);
  expect(warnings).toEqual([
    [
      {
        method: 'POST',
        route: '/api/things/:name',
        error: 'TypeError',
        code: undefined,
        stack: expect.arrayContaining([expect.stringContaining('failingHandler')]),
      },
      'request failed',
    ],
  ]);
  expect(JSON.stringify(warnings)).not.toContain('hush');

  const wrong = await web.inject({
    method: 'POST',
    url: '/api/things/x',
    payload: '{"broken',
    headers: { 'content-type': 'application/json' },
  });
  expect([wrong.statusCode, wrong.json()]).toMatchObject([400, { code: 'invalid' }]);
  expect(warnings).toHaveLength(1);
});
