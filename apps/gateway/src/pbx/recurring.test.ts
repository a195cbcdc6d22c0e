import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRecurring } from './recurring.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start({ pause = null, ms = 10 }: { pause?: number | null; ms?: number } = {}) {
  const runs: number[] = [];
  const began = Date.now();
  const recurring = createRecurring({
    elapsed: Date.now,
    async task() {
      runs.push(Date.now() - began);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return pause;
    },
  });
  return { recurring, runs };
}

it('[LM4] lists again after each pause', async () => {
  const { recurring, runs } = start({ pause: 100 });
  recurring.within(0);
  await vi.advanceTimersByTimeAsync(250);
  expect(runs).toEqual([0, 110, 220]);
});

it('[LM4] brings the next list forward, never back', async () => {
  const { recurring, runs } = start();
  recurring.within(100);
  recurring.within(20);
  recurring.within(50);
  await vi.advanceTimersByTimeAsync(200);
  expect(runs).toEqual([20]);
});

it('[AM7] lists once more for what was asked while a list was on its way, however often', async () => {
  const { recurring, runs } = start({ pause: 1000 });
  recurring.within(0);
  await vi.advanceTimersByTimeAsync(5);
  recurring.within(0);
  recurring.within(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toHaveLength(2);
});

it('[LM4] ends when it is cancelled', async () => {
  const { recurring, runs } = start();
  recurring.within(20);
  recurring.cancel();
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toEqual([]);
});
