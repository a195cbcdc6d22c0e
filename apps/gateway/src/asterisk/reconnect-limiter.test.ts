import type { AmiState } from '@lampboard/ami';
import { expect, it, vi } from 'vitest';
import { createReconnectLimiter } from './reconnect-limiter.ts';

const MINUTE_MS = 60_000;

function start() {
  let time = 0;
  const reconnectNow = vi.fn<() => void>();
  const limiter = createReconnectLimiter({ reconnectNow, monotonic: () => time });
  const noop = () => {};
  const listener = limiter.observe({
    onState: noop,
    onEvent: noop,
    onUntrustedEvent: noop,
    onResyncNeeded: noop,
  });
  return {
    setStates: (...states: AmiState[]) => states.forEach(listener.onState),
    /** Requests an attempt every second, and returns the number of attempts made. */
    attemptsDuring(ms: number): number {
      reconnectNow.mockClear();
      for (const end = time + ms; time < end; time += 1000) limiter.reconnect();
      return reconnectNow.mock.calls.length;
    },
  };
}

it('[GW18] a rejected login is retried on request, and then once in five minutes', () => {
  const { setStates, attemptsDuring } = start();
  setStates({ kind: 'connecting' }, { kind: 'login-refused' });
  expect(attemptsDuring(1000)).toBe(1);
  setStates({ kind: 'login-refused' });
  expect(attemptsDuring(10 * MINUTE_MS)).toBe(2);
});

it.each<AmiState>([
  { kind: 'rejected' },
  { kind: 'tls-error', errorCode: '' },
  { kind: 'permission-denied' },
  { kind: 'overrun' },
])('[GW18] other rejections are retried at most every five seconds: %j', (state) => {
  const { setStates, attemptsDuring } = start();
  setStates(state);
  expect(attemptsDuring(MINUTE_MS)).toBe(12);
});

it('[GW18] an unreachable Asterisk is retried on every request, one that is lost again and again is not', () => {
  const { setStates, attemptsDuring } = start();
  setStates({ kind: 'live' }, { kind: 'unreachable', errorCode: '' });
  expect(attemptsDuring(MINUTE_MS)).toBe(60);
  setStates({ kind: 'live' }, { kind: 'unreachable', errorCode: '' });
  expect(attemptsDuring(2000)).toBe(0);
});
