import { expect, it } from 'vitest';
import { isEqual } from './is-equal.ts';

it.each([
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['b', 'a'], false],
  [['a'], ['a', 'b'], false],
  [[], {}, false],
  [new Set(['a', 'b']), new Set(['b', 'a']), true],
  [new Set(['a']), new Set(['b']), false],
  [new Map([['a', [1]]]), new Map([['a', [1]]]), true],
  [new Map([['a', 1]]), new Map([['b', 1]]), false],
  [{ ids: ['a'], total: 1 }, { total: 1, ids: ['a'] }, true],
  [{ a: undefined }, { b: undefined }, false],
  [{ a: 1 }, null, false],
  [new Date(1), new Date(1), false],
])('compares %j with %j', (a, b, expected) => {
  expect(isEqual(a, b)).toBe(expected);
});
