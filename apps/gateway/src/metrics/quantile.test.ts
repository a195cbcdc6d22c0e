import { expect, it } from 'vitest';
import { quantile } from './quantile.ts';

const buckets = [
  [1, 0],
  [2, 50],
  [4, 90],
  [Number.POSITIVE_INFINITY, 100],
] as const;

it('[MT4] quantiles are those that Prometheus computes from the same buckets', () => {
  expect(quantile(0.5, buckets)).toBe(2);
  expect(quantile(0.25, buckets)).toBe(1.5);
  expect(quantile(0.7, buckets)).toBe(3);
  expect(quantile(0.99, buckets)).toBe(4);
});

it('[MT4] of nothing there is no quantile', () => {
  expect(quantile(0.5, [])).toBeNull();
  expect(quantile(0.5, [[1, 0]])).toBeNull();
});
