import type { Me } from '@lampboard/protocol';
import { type Live, createLive } from '../data/socket/create-live.ts';
import { type FakeWire, createFakeTransport } from './fake-transport.ts';
import { type ManualTimers, createManualTimers } from './manual-timers.ts';

export interface FakeLive extends FakeWire {
  readonly live: Live;
  readonly timers: ManualTimers;
}

/** The real live board on a fake transport and manual timers. */
export function createFakeLive(
  callbacks: {
    onMe?: (me: Me) => void;
    onSettings?: (settings: unknown) => boolean;
    onSessionUncertain?: () => void;
  } = {},
): FakeLive {
  const timers = createManualTimers();
  const { createTransport, wire } = createFakeTransport();
  const live = createLive({ ...callbacks, createTransport, timers, now: () => timers.now, random: () => 1 });
  return { ...wire, live, timers };
}
