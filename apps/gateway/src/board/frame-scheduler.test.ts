import { expect, it } from 'vitest';
import { createFrameScheduler } from './frame-scheduler.ts';

/** Sends a frame as soon as one may leave, for so many milliseconds; tells when each left. */
function sendTimes({ tookMs, forMs }: { tookMs: number; forMs: number }): number[] {
  let now = 1000;
  const scheduler = createFrameScheduler({ monotonic: () => now });
  const sentAt: number[] = [];
  while (now < 1000 + forMs) {
    now += scheduler.wait();
    sentAt.push(now - 1000);
    now += tookMs;
    scheduler.sent(tookMs);
  }
  return sentAt;
}

it('[SY4] a few changes after a pause leave at once, one by one', () => {
  expect(sendTimes({ tookMs: 0, forMs: 1000 }).slice(0, 4)).toEqual([0, 0, 0, 0]);
});

it('[SY4] frames leave every 8 ms while much changes', () => {
  const sentAt = sendTimes({ tookMs: 0, forMs: 1000 });
  const gaps = sentAt.slice(10).map((timestamp, index) => timestamp - (sentAt[index + 9] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([8]));
});

it('[SY4] frames that are dear, for the number of consoles, leave less often: half of the time is theirs', () => {
  const sentAt = sendTimes({ tookMs: 20, forMs: 10_000 });
  expect((sentAt.length * 20) / 10_000).toBeLessThan(0.51);
  expect((sentAt.length * 20) / 10_000).toBeGreaterThan(0.49);
});

it('[SY4] after a standstill in the midst of a frame the next ones leave within 100 ms', () => {
  let now = 1000;
  const scheduler = createFrameScheduler({ monotonic: () => now });
  now += 3000;
  scheduler.sent(3000);
  expect(scheduler.wait()).toBeLessThanOrEqual(100);
});
