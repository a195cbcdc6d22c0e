import { expect, it } from 'vitest';
import { moved } from './moved.ts';

it.each([
  ['a', 1, 'bacd'],
  ['d', 0, 'dabc'],
  ['a', 3, 'bcda'],
  ['gone', 0, 'abcd'],
])('[GR6] %s at place %d makes %s', (id, place, made) => {
  expect(moved(['a', 'b', 'c', 'd'], id, place).join('')).toBe(made);
});
