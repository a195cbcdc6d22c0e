import { afterEach, expect, it, vi } from 'vitest';
import { watchStandstill } from './standstill.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('[WR4] what came before a standstill, or was read first after it, is outdated; what comes later is not', () => {
  vi.useFakeTimers();
  let now = 0;
  const standstill = watchStandstill({ elapsed: () => now });
  const pass = (ms: number) => {
    now += ms;
    vi.advanceTimersByTime(ms);
  };
  for (let ticks = 0; ticks < 10; ticks += 1) {
    pass(250);
    expect(standstill.outdates(now)).toBe(false);
  }
  const before = now;
  now += 1500;
  // Sockets are read before timers run again.
  const first = now;
  expect(standstill.outdates(first)).toBe(true);
  pass(250);
  expect(standstill.outdates(now)).toBe(true);
  pass(250);
  expect(standstill.outdates(now)).toBe(false);
  pass(5000);
  expect(standstill.outdates(first)).toBe(true);
  expect(standstill.outdates(before)).toBe(true);
  standstill.stop();
  expect(vi.getTimerCount()).toBe(0);
});
