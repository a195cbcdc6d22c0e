import { afterEach, expect, it, vi } from 'vitest';
import { startPauseDetector } from './pause-detector.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('[WR4] data received before a stall, or read right after it, may predate it; later data does not', () => {
  vi.useFakeTimers();
  let now = 0;
  const pauseDetector = startPauseDetector({ monotonic: () => now });
  const advance = (ms: number) => {
    now += ms;
    vi.advanceTimersByTime(ms);
  };
  for (let ticks = 0; ticks < 10; ticks += 1) {
    advance(250);
    expect(pauseDetector.mayPredateStall(now)).toBe(false);
  }
  const before = now;
  now += 1500;
  // Sockets are read before timers run again.
  const firstAfter = now;
  expect(pauseDetector.mayPredateStall(firstAfter)).toBe(true);
  advance(250);
  expect(pauseDetector.mayPredateStall(now)).toBe(true);
  advance(250);
  expect(pauseDetector.mayPredateStall(now)).toBe(false);
  advance(5000);
  expect(pauseDetector.mayPredateStall(firstAfter)).toBe(true);
  expect(pauseDetector.mayPredateStall(before)).toBe(true);
  pauseDetector.stop();
  expect(vi.getTimerCount()).toBe(0);
});
