import { expect, it } from 'vitest';
import { isOwnMachine } from './metrics-routes.ts';

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
