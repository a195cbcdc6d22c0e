import { expect, it } from 'vitest';
import { LOGIN_REJECTED_BACKOFF_MS, reconnectDelay, unproductiveSessionDelay } from './client.ts';

it('[AM2] increases the delay up to 5 s, with jitter', () => {
  const delays = [0, 1, 2, 3, 9, 1000].map((attempt) => reconnectDelay('unreachable', attempt, 0));
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(Math.max(...delays)).toBeLessThanOrEqual(5000);
  expect(reconnectDelay('rejected', 1000, 0)).toBe(5000);
  expect(reconnectDelay('tls-error', 1000, 0)).toBe(5000);
  expect(reconnectDelay('unreachable', 9, 0.9)).toBeLessThan(reconnectDelay('unreachable', 9, 0.1));
});

it('[AM3] waits minutes after a failed login', () => {
  expect(reconnectDelay('login-refused', 0, 0.5)).toBe(LOGIN_REJECTED_BACKOFF_MS);
});

it('[AM19] the delay after unproductive sessions doubles up to a minute', () => {
  const delays = [1, 2, 3, 4, 20].map((sessions) => unproductiveSessionDelay(sessions, 0));
  expect(delays).toEqual([500, 1000, 2000, 4000, 60_000]);
  expect(unproductiveSessionDelay(20, 1)).toBe(30_000);
});
