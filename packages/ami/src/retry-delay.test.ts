import { expect, it } from 'vitest';
import { LOGIN_REFUSED_MS, retryDelay, unusedDelay } from './retry-delay.ts';

it('[AM2] waits longer from try to try, up to a cap under 5 s, and never the same time as others', () => {
  const delays = [0, 1, 2, 3, 9, 1000].map((attempt) => retryDelay('unreachable', attempt, 0));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(Math.max(...delays)).toBeLessThanOrEqual(5000);
  expect(retryDelay('turned-away', 1000, 0)).toBe(5000);
  expect(retryDelay('untrusted', 1000, 0)).toBe(5000);
  expect(retryDelay('unreachable', 9, 0.9)).toBeLessThan(retryDelay('unreachable', 9, 0.1));
});

it('[AM3] does not hammer an Asterisk that refuses the login', () => {
  expect(retryDelay('login-refused', 0, 0.5)).toBe(LOGIN_REFUSED_MS);
});

it('[AM19] after sessions that listed and were of no use the wait doubles up to a minute', () => {
  expect([1, 2, 3, 4, 20].map((sessions) => unusedDelay(sessions, 0))).toEqual([
    500, 1000, 2000, 4000, 60_000,
  ]);
  expect(unusedDelay(20, 1)).toBe(30_000);
});
