import type { AmiListener, AmiState } from '@lampboard/ami';

/** Minimum between two requested attempts while Asterisk rejects the login, or the connection. */
const LOGIN_REJECTED_INTERVAL_MS = 5 * 60_000;
const REJECTED_INTERVAL_MS = 5000;

const REJECTED_STATES: ReadonlySet<AmiState['kind']> = new Set([
  'rejected',
  'tls-error',
  'permission-denied',
  'overrun',
]);

interface ReconnectLimiterOptions {
  reconnectNow: () => void;
  monotonic: () => number;
}

/** Allows every attempt while Asterisk is unreachable; limits those after rejected logins and lost sessions. */
export function createReconnectLimiter({ reconnectNow, monotonic }: ReconnectLimiterOptions) {
  let lastState: AmiState['kind'] = 'connecting';
  let wasLive = false;
  let lastAttemptAt = Number.NEGATIVE_INFINITY;

  function minInterval(): number {
    if (lastState === 'login-refused') return LOGIN_REJECTED_INTERVAL_MS;
    return REJECTED_STATES.has(lastState) || wasLive ? REJECTED_INTERVAL_MS : 0;
  }

  return {
    /** Reconnects; does nothing if the last attempt was too recent. */
    reconnect() {
      if (monotonic() < lastAttemptAt + minInterval()) return;
      lastAttemptAt = monotonic();
      wasLive = false;
      reconnectNow();
    },
    /** Wraps the listener to follow the session's states. */
    observe: (listener: AmiListener): AmiListener => ({
      ...listener,
      onState(state) {
        if (state.kind === 'live') wasLive = true;
        else if (state.kind !== 'connecting' && state.kind !== 'booting') lastState = state.kind;
        listener.onState(state);
      },
    }),
  };
}
