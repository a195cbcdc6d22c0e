import { expect, it } from 'vitest';
import { createFramePace } from './frame-pace.ts';

/** Sends a frame as soon as one may leave, for so many milliseconds; tells when each left. */
function frames({ tookMs, forMs }: { tookMs: number; forMs: number }): number[] {
  let now = 1000;
  const pace = createFramePace({ elapsed: () => now });
  const left: number[] = [];
  while (now < 1000 + forMs) {
    now += pace.wait();
    left.push(now - 1000);
    now += tookMs;
    pace.left(tookMs);
  }
  return left;
}

it('[SY4] a few changes after a pause leave at once, one by one', () => {
  expect(frames({ tookMs: 0, forMs: 1000 }).slice(0, 4)).toEqual([0, 0, 0, 0]);
});

it('[SY4] frames leave every 8 ms while much changes', () => {
  const left = frames({ tookMs: 0, forMs: 1000 });
  const gaps = left.slice(10).map((at, place) => at - (left[place + 9] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([8]));
});

it('[SY4] frames that are dear, for the number of consoles, leave less often: half of the time is theirs', () => {
  const left = frames({ tookMs: 20, forMs: 10_000 });
  expect((left.length * 20) / 10_000).toBeLessThan(0.51);
  expect((left.length * 20) / 10_000).toBeGreaterThan(0.49);
});

it('[SY4] after a standstill in the midst of a frame the next ones leave within 100 ms', () => {
  let now = 1000;
  const pace = createFramePace({ elapsed: () => now });
  now += 3000;
  pace.left(3000);
  expect(pace.wait()).toBeLessThanOrEqual(100);
});
