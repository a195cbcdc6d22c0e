import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { createMetrics } from '../metrics/metrics.ts';
import { isOwnMachine, metricsRoutes } from './metrics-routes.ts';

const ask = (remoteAddress: string | undefined, headers: Record<string, string>) =>
  isOwnMachine({ socket: { remoteAddress }, headers });

it.each([
  ['127.0.0.1', 'localhost:8080'],
  ['127.0.0.1', '127.0.0.1:8080'],
  ['::ffff:127.0.0.1', '127.0.0.1:8080'],
  ['::1', '[::1]:8080'],
])('[MT2] from %s to %s is this machine', (address, host) => {
  expect(ask(address, { host })).toBe(true);
});

it.each<[string | undefined, Record<string, string>]>([
  ['192.0.2.1', { host: 'localhost:8080' }],
  ['::ffff:192.0.2.1', { host: 'localhost:8080' }],
  ['127.0.0.1', { host: 'lampboard.example.org' }],
  ['127.0.0.1', {}],
  [undefined, { host: 'localhost:8080' }],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded', 'x-real-ip', 'forwarded', 'via'].map(
    (name): [string, Record<string, string>] => [
      '127.0.0.1',
      { host: 'localhost:8080', [name]: '127.0.0.1' },
    ],
  ),
])('[MT2] from %s with %j is not', (address, headers) => {
  expect(ask(address, headers)).toBe(false);
});

const TOKEN = 'a token as long as it has to be';
const FROM_ELSEWHERE = { method: 'GET', url: '/metrics', remoteAddress: '192.0.2.1' } as const;

/** What somebody elsewhere is answered with this header. */
async function answerTo(authorization: string | undefined, token: string | null): Promise<number> {
  const web = fastify();
  metricsRoutes(web, { metrics: createMetrics(), token });
  const headers = authorization === undefined ? {} : { authorization };
  return (await web.inject({ ...FROM_ELSEWHERE, headers })).statusCode;
}

it('[MT2] from elsewhere only whoever bears the token reads them', async () => {
  expect(await answerTo(`Bearer ${TOKEN}`, TOKEN)).toBe(200);
  for (const wrong of [undefined, '', TOKEN, 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`])
    expect(await answerTo(wrong, TOKEN), wrong).toBe(403);
});

it('[MT2] where there is no token, there is nothing for anybody elsewhere', async () => {
  for (const guess of [undefined, '', 'Bearer ', 'Bearer null'])
    expect(await answerTo(guess, null)).toBe(404);
});
