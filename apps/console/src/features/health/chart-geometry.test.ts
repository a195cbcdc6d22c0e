import { HEALTH_INTERVAL_MS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { linePaths, niceMax, toSegments, ticksOf } from './chart-geometry.ts';

const timestamp = (step: number, value: number | null = 1) => ({
  timestamp: step * HEALTH_INTERVAL_MS,
  value,
});

it('[MT5] a line is interrupted at gaps', () => {
  const segments = toSegments([
    timestamp(1),
    timestamp(2),
    timestamp(3, null),
    timestamp(4),
    timestamp(9),
    timestamp(10),
  ]);
  expect(segments.map((segment) => segment.map(({ timestamp }) => timestamp / HEALTH_INTERVAL_MS))).toEqual([
    [1, 2],
    [4],
    [9, 10],
  ]);
});

it('[MT5] a single point is visible', () => {
  const hour = { from: 0, to: 10 * HEALTH_INTERVAL_MS };
  expect(linePaths([timestamp(5, 1)], hour, 2).line).toBe('M400.0 50.0L500.0 50.0');
});

it.each([
  [0, 5, 5],
  [5, 1, 5],
  [5.1, 1, 10],
  [130, 1, 200],
  [0.07, 0.01, 0.1],
])('[MT5] above %d, and at least %d, the axis ends at %d', (value, minTop, top) => {
  expect(niceMax(value, minTop)).toBeCloseTo(top);
});

it('[MT5] times are marked every ten minutes', () => {
  const minute = 60_000;
  expect(ticksOf({ from: 5 * minute, to: 35 * minute }).map((tick) => tick / minute)).toEqual([10, 20, 30]);
});
