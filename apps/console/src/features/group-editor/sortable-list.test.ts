import { expect, it } from 'vitest';
import { moveItem } from './sortable-list.tsx';

it.each([
  ['a', 1, 'bacd'],
  ['d', 0, 'dabc'],
  ['a', 3, 'bcda'],
  ['gone', 0, 'abcd'],
])('[GR6] %s at place %d makes %s', (id, index, expected) => {
  expect(moveItem(['a', 'b', 'c', 'd'], id, index).join('')).toBe(expected);
});
