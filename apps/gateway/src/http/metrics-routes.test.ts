import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { createMetrics } from '../metrics/metrics.ts';
import { isLocalDirectRequest, metricsRoutes } from './metrics-routes.ts';

const isLocalDirect = (
  remoteAddress: string | undefined,
  headers: Record<string, string>,
  httpVersion = '1.1',
) => isLocalDirectRequest({ socket: { remoteAddress }, headers, httpVersion });

/** Headers that proxies add. */
const PROXIES = `
  x-forwarded-for x-forwarded-host x-forwarded x-real-ip forwarded via client-ip true-client-ip
  x-client-ip x-cluster-client-ip x-original-forwarded-for x-original-host x-envoy-external-address
  x-request-id x-amzn-trace-id cf-connecting-ip cdn-loop fastly-client-ip x-arr-log-id traceparent`
  .trim()
  .split(/\s+/);

it.each([
  ['127.0.0.1', 'localhost:8080'],
  ['127.0.0.1', '127.0.0.1:8080'],
  ['::ffff:127.0.0.1', '127.0.0.1:8080'],
  ['::1', '[::1]:8080'],
])('[MT2] accepts local requests from %s to %s', (address, host) => {
  expect(isLocalDirect(address, { host })).toBe(true);
});

it('[MT2] accepts the headers of scrapers and browsers', () => {
  const headers = {
    host: 'localhost:8080',
    'user-agent': 'Prometheus/3.5.0',
    accept: 'application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1',
    'accept-encoding': 'gzip',
    'x-prometheus-scrape-timeout-seconds': '10',
    connection: 'keep-alive',
    'sec-fetch-site': 'none',
  };
  expect(isLocalDirect('127.0.0.1', headers)).toBe(true);
  expect(isLocalDirect('127.0.0.1', headers, '1.0')).toBe(false);
});

it.each<[string | undefined, Record<string, string>]>([
  ['192.0.2.1', { host: 'localhost:8080' }],
  ['::ffff:192.0.2.1', { host: 'localhost:8080' }],
  ['127.0.0.1', { host: 'lampboard.example.org' }],
  ['127.0.0.1', {}],
  [undefined, { host: 'localhost:8080' }],
  ...PROXIES.map((name): [string, Record<string, string>] => [
    '127.0.0.1',
    { host: 'localhost:8080', [name]: '127.0.0.1' },
  ]),
])('[MT2] rejects requests from %s with %j', (address, headers) => {
  expect(isLocalDirect(address, headers)).toBe(false);
});

const TOKEN = 'a token as long as it has to be';
const FROM_ELSEWHERE = { method: 'GET', url: '/metrics', remoteAddress: '192.0.2.1' } as const;

/** The response to a remote request with this header. */
async function statusFor(authorization: string | undefined, token: string | null): Promise<number> {
  const web = fastify();
  metricsRoutes(web, { metrics: createMetrics(), token });
  const headers = authorization === undefined ? {} : { authorization };
  return (await web.inject({ ...FROM_ELSEWHERE, headers })).statusCode;
}

it('[MT2] remote requests need the token', async () => {
  expect(await statusFor(`Bearer ${TOKEN}`, TOKEN)).toBe(200);
  for (const wrong of [undefined, '', TOKEN, 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`])
    expect(await statusFor(wrong, TOKEN), wrong).toBe(403);
});

it('[MT2] without a token, remote requests get 404', async () => {
  for (const guess of [undefined, '', 'Bearer ', 'Bearer null'])
    expect(await statusFor(guess, null)).toBe(404);
});
