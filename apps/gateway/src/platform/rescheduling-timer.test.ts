import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createReschedulingTimer } from './rescheduling-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start({ pause = null, ms = 10 }: { pause?: number | null; ms?: number } = {}) {
  const runs: number[] = [];
  const startedAt = Date.now();
  const timer = createReschedulingTimer({
    monotonic: Date.now,
    async task() {
      runs.push(Date.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return pause;
    },
  });
  return { timer, runs };
}

it('[LM4] runs again after each delay', async () => {
  const { timer, runs } = start({ pause: 100 });
  timer.runWithin(0);
  await vi.advanceTimersByTimeAsync(250);
  expect(runs).toEqual([0, 110, 220]);
});

it('[LM4] moves the next run forward, never back', async () => {
  const { timer, runs } = start();
  timer.runWithin(100);
  timer.runWithin(20);
  timer.runWithin(50);
  await vi.advanceTimersByTimeAsync(200);
  expect(runs).toEqual([20]);
});

it('[AM7] runs once more after requests during a run', async () => {
  const { timer, runs } = start({ pause: 1000 });
  timer.runWithin(0);
  await vi.advanceTimersByTimeAsync(5);
  timer.runWithin(0);
  timer.runWithin(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(2);
});

it('[LM4] stops when cancelled', async () => {
  const { timer, runs } = start();
  timer.runWithin(20);
  timer.cancel();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toEqual([]);
});
