import { expect, it } from 'vitest';
import { isLoopbackHost } from './network.ts';

it.each([
  ['localhost:8080', true],
  ['127.0.0.1', true],
  ['[::1]:8080', true],
  ['evil.example:8080', false],
  ['127.0.0.1.evil.example', false],
  ['', false],
])('[GW7] the host name %j is loopback: %s', (header, expected) => {
  expect(isLoopbackHost(header)).toBe(expected);
});
