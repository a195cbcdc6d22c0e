import { createLive } from '../data/socket/create-live.ts';
import { createFakeTransport } from './fake-transport.ts';
import { createManualTimers } from './manual-timers.ts';

export type FakeLive = ReturnType<typeof createFakeLive>;

/** The real live board on a fake transport and manual timers. */
export function createFakeLive(
  callbacks: Pick<
    NonNullable<Parameters<typeof createLive>[0]>,
    'onMe' | 'onSettings' | 'onSessionUncertain'
  > = {},
) {
  const timers = createManualTimers();
  const { createTransport, wire } = createFakeTransport();
  const live = createLive({ ...callbacks, createTransport, timers, now: () => timers.now, random: () => 1 });
  const change = (...changes: readonly object[]) => {
    const { epoch = '', seq = 0 } = live.store.getState().board ?? {};
    wire.delta({ epoch, seq: seq + 1, changes });
  };
  return { ...wire, live, timers, change };
}
