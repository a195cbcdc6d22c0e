import { HEALTH_STEP_MS } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { linePaths, roundTop, runsOf, ticksOf } from './plot.ts';

const at = (step: number, value: number | null = 1) => ({ at: step * HEALTH_STEP_MS, value });

it('[MT5] a line ends where nothing is known, and goes on where it is again', () => {
  const runs = runsOf([at(1), at(2), at(3, null), at(4), at(9), at(10)]);
  expect(runs.map((run) => run.map(({ at }) => at / HEALTH_STEP_MS))).toEqual([[1, 2], [4], [9, 10]]);
});

it('[MT5] a point alone is seen', () => {
  const hour = { from: 0, to: 10 * HEALTH_STEP_MS };
  expect(linePaths([at(5, 1)], hour, 2).line).toBe('M400.0 50.0L500.0 50.0');
});

it.each([
  [0, 5, 5],
  [5, 1, 5],
  [5.1, 1, 10],
  [130, 1, 200],
  [0.07, 0.01, 0.1],
])('[MT5] above %d, and at least %d, the axis ends at %d', (value, least, top) => {
  expect(roundTop(value, least)).toBeCloseTo(top);
});

it('[MT5] times are marked every ten minutes', () => {
  const minute = 60_000;
  expect(ticksOf({ from: 5 * minute, to: 35 * minute }).map((tick) => tick / minute)).toEqual([10, 20, 30]);
});
