import type { AmiListener, AmiState } from '@lampboard/ami';

/** Milliseconds between two tries that somebody asks for while Asterisk refuses the login, and while it refuses otherwise. */
const LOGIN_REFUSED_MS = 5 * 60_000;
const REFUSED_MS = 5000;

const IS_REFUSAL: ReadonlySet<AmiState['kind']> = new Set([
  'turned-away',
  'untrusted',
  'permission-denied',
  'overrun',
]);

/** Tries of the AMI session that users ask for. */
export interface AskedTries {
  /** Tries at once; does nothing where that would be too soon after the last time. */
  ask(): void;
  /** The same listener; its states are looked at by the way. */
  follow(listener: AmiListener): AmiListener;
}

/**
 * Where Asterisk is away, each try that is asked for is made. One that it refuses may have it block this machine, and one
 * that got so far that it listed everything costs it much: such a try is not to be had as often as somebody likes.
 */
export function createAskedTries({
  connectNow,
  elapsed,
}: {
  connectNow: () => void;
  elapsed: () => number;
}): AskedTries {
  let reached: AmiState['kind'] = 'connecting';
  let wasLive = false;
  let askedAt = Number.NEGATIVE_INFINITY;

  function pause(): number {
    if (reached === 'login-refused') return LOGIN_REFUSED_MS;
    return IS_REFUSAL.has(reached) || wasLive ? REFUSED_MS : 0;
  }

  return {
    ask() {
      if (elapsed() < askedAt + pause()) return;
      askedAt = elapsed();
      wasLive = false;
      connectNow();
    },
    follow: (listener) => ({
      ...listener,
      onState(state) {
        if (state.kind === 'live') wasLive = true;
        else if (state.kind !== 'connecting' && state.kind !== 'booting') reached = state.kind;
        listener.onState(state);
      },
    }),
  };
}
