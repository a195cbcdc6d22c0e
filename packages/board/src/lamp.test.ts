import { expect, it } from 'vitest';
import { lampOfStatus } from './lamp.ts';

it.each([
  [0, 'idle'],
  [1, 'in-use'],
  [2, 'busy'],
  [4, 'unavailable'],
  [8, 'ringing'],
  [9, 'in-use-ringing'],
  [16, 'on-hold'],
  [17, 'in-use-on-hold'],
  [-1, 'unknown'],
  [-2, 'unknown'],
  [3, 'unknown'],
  [Number.NaN, 'unknown'],
])('[LM1] status %d is the lamp %s', (status, lamp) => {
  expect(lampOfStatus(status)).toBe(lamp);
});
