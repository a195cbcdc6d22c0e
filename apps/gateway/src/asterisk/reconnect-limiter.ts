import type { AmiListener, AmiState } from '@lampboard/ami';

/** Milliseconds between two tries that somebody asks for while Asterisk refuses the login, and while it refuses otherwise. */
const LOGIN_REFUSED_INTERVAL_MS = 5 * 60_000;
const REJECTED_INTERVAL_MS = 5000;

const REJECTED_STATES: ReadonlySet<AmiState['kind']> = new Set([
  'rejected',
  'tls-error',
  'permission-denied',
  'overrun',
]);

/** Tries of the AMI session that users ask for. */
export interface ReconnectLimiter {
  /** Tries at once; does nothing where that would be too soon after the last time. */
  reconnect(): void;
  /** The same listener; its states are looked at by the way. */
  observe(listener: AmiListener): AmiListener;
}

/**
 * Where Asterisk is away, each try that is asked for is made. One that it refuses may have it block this machine, and one
 * that got so far that it listed everything costs it much: such a try is not to be had as often as somebody likes.
 */
export function createReconnectLimiter({
  reconnectNow,
  monotonic,
}: {
  reconnectNow: () => void;
  monotonic: () => number;
}): ReconnectLimiter {
  let lastState: AmiState['kind'] = 'connecting';
  let wasLive = false;
  let lastAttemptAt = Number.NEGATIVE_INFINITY;

  function minInterval(): number {
    if (lastState === 'login-refused') return LOGIN_REFUSED_INTERVAL_MS;
    return REJECTED_STATES.has(lastState) || wasLive ? REJECTED_INTERVAL_MS : 0;
  }

  return {
    reconnect() {
      if (monotonic() < lastAttemptAt + minInterval()) return;
      lastAttemptAt = monotonic();
      wasLive = false;
      reconnectNow();
    },
    observe: (listener) => ({
      ...listener,
      onState(state) {
        if (state.kind === 'live') wasLive = true;
        else if (state.kind !== 'connecting' && state.kind !== 'booting') lastState = state.kind;
        listener.onState(state);
      },
    }),
  };
}
