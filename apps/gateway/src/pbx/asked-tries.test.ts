import type { AmiState } from '@lampboard/ami';
import { expect, it, vi } from 'vitest';
import { createAskedTries } from './asked-tries.ts';

const MINUTE_MS = 60_000;

function start() {
  let time = 0;
  const connectNow = vi.fn<() => void>();
  const tries = createAskedTries({ connectNow, elapsed: () => time });
  const nothing = () => {};
  const listener = tries.follow({ onState: nothing, onEvent: nothing, onDoubted: nothing, onGap: nothing });
  return {
    reach: (...states: AmiState[]) => states.forEach(listener.onState),
    /** Somebody asks every second for so long; how many tries that makes. */
    askFor(ms: number): number {
      connectNow.mockClear();
      for (const end = time + ms; time < end; time += 1000) tries.ask();
      return connectNow.mock.calls.length;
    },
  };
}

it('[GW18] a refused login is tried again at once when asked, and then once in five minutes', () => {
  const { reach, askFor } = start();
  reach({ kind: 'connecting' }, { kind: 'login-refused' });
  expect(askFor(1000)).toBe(1);
  reach({ kind: 'login-refused' });
  expect(askFor(10 * MINUTE_MS)).toBe(2);
});

it.each<AmiState>([
  { kind: 'turned-away' },
  { kind: 'untrusted', detail: '' },
  { kind: 'permission-denied' },
  { kind: 'overrun' },
])('[GW18] what Asterisk refuses otherwise is tried every five seconds at most: %j', (state) => {
  const { reach, askFor } = start();
  reach(state);
  expect(askFor(MINUTE_MS)).toBe(12);
});

it('[GW18] an Asterisk that is away is tried whenever somebody asks, one that gets lost again and again is not', () => {
  const { reach, askFor } = start();
  reach({ kind: 'live' }, { kind: 'unreachable', detail: '' });
  expect(askFor(MINUTE_MS)).toBe(60);
  reach({ kind: 'live' }, { kind: 'unreachable', detail: '' });
  expect(askFor(2000)).toBe(0);
});
