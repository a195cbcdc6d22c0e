import type { SetPresence } from '@lampboard/protocol';
import { createApi } from '../data/http/api.ts';
import { createLiveBoard } from '../data/socket/live-board.ts';
import { createFakeTransport } from './fake-transport.ts';
import { createManualTimers } from './manual-timers.ts';

export type FakeLive = ReturnType<typeof createFakeLive>;

/** The real live board and HTTP API on a fake transport, a fake network and manual timers. */
export function createFakeLive(
  callbacks: Pick<
    Parameters<typeof createLiveBoard>[0],
    'onMe' | 'onSettings' | 'onAliases' | 'onSessionUncertain'
  > = {},
) {
  const timers = createManualTimers();
  const { createTransport, wire } = createFakeTransport();
  const sentCommands: SetPresence[] = [];
  const pending: PromiseWithResolvers[] = [];
  const api = createApi({
    fetch: (_, { body } = {}) => {
      if (typeof body === 'string') sentCommands.push(JSON.parse(body));
      return new Promise((resolve, reject) => void pending.push({ resolve, reject }));
    },
    ...(callbacks.onSessionUncertain !== undefined && { onSignedOut: callbacks.onSessionUncertain }),
  });
  const live = createLiveBoard({
    ...callbacks,
    sendPresence: (command) => api.sendCommand('set-presence', command),
    createTransport,
    timers,
    now: () => timers.now,
    random: () => 1,
  });
  const change = (...changes: readonly object[]) => {
    const { epoch = '', seq = 0 } = live.store.getState().board ?? {};
    wire.delta({ epoch, seq: seq + 1, changes });
  };
  return {
    ...wire,
    live,
    timers,
    change,
    sentCommands,
    /** Replies to the oldest pending command. */
    answer: (reply: unknown) => pending.shift()?.resolve(new Response(JSON.stringify(reply))),
    breakOff: () => {
      for (const { reject } of pending.splice(0)) reject(new TypeError('Failed to fetch'));
      wire.breakOff();
    },
  };
}

interface PromiseWithResolvers {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}
