import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { clientIp } from './client-ip.ts';

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['198.51.100.7:52100', '198.51.100.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['[2001:db8::7]:443', '2001:db8::7'],
  ['unknown', ''],
  ['x'.repeat(8000), ''],
])('[SI6] the forwarded address %s is the client %s', (ip, expected) => {
  expect(clientIp({ ip, socket: new Socket() })).toBe(expected);
});
