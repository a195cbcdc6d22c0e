/** A shared clock that ticks once a second while it has subscribers. */
export interface Clock {
  /** Milliseconds since 1970 by the browser's clock, as of the last tick. */
  readonly now: () => number;
  subscribe: (onTick: () => void) => () => void;
}

export function createClock({ read = Date.now }: { read?: () => number } = {}): Clock {
  const listeners = new Set<() => void>();
  let now = read();
  let timer: number | null = null;

  const tick = () => {
    now = read();
    for (const listener of listeners) listener();
    // Just past the next full second, so that all durations change together.
    timer = window.setTimeout(tick, 1005 - (now % 1000));
  };
  return {
    now: () => now,
    subscribe: (onTick) => {
      listeners.add(onTick);
      if (timer === null) tick();
      return () => {
        listeners.delete(onTick);
        if (listeners.size > 0 || timer === null) return;
        window.clearTimeout(timer);
        timer = null;
      };
    },
  };
}
