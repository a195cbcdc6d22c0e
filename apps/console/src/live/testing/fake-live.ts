import type { Me } from '@lampboard/protocol';
import { type Live, createLive } from '../create-live.ts';
import { type FakeWire, createFakeTransport } from './fake-transport.ts';
import { type ManualTimers, createManualTimers } from './manual-timers.ts';

export interface FakeLive extends FakeWire {
  readonly live: Live;
  readonly timers: ManualTimers;
}

/** The real live board, on a wire and by timers that a test holds in its hands. */
export function createFakeLive(
  told: { onMe?: (me: Me) => void; onOwn?: (own: unknown) => boolean; onDoubt?: () => void } = {},
): FakeLive {
  const timers = createManualTimers();
  const { createTransport, wire } = createFakeTransport();
  const live = createLive({ ...told, createTransport, timers, now: () => timers.now, random: () => 1 });
  return { ...wire, live, timers };
}
