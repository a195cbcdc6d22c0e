/** Where timers come from; tests hand in one of their own. */
export interface Clock {
  /** Runs something after so many ms; the result calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const realClock: Clock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** A clock that runs `pace` times as fast and can be stopped for good. */
export function createStoppableClock({
  clock,
  pace,
}: {
  clock: Clock;
  pace: number;
}): Clock & { stop(): void } {
  const pending = new Set<() => void>();
  let stopped = false;
  return {
    after(ms, run) {
      if (stopped) return () => undefined;
      const cancel = clock.after(ms / pace, () => {
        pending.delete(cancel);
        run();
      });
      pending.add(cancel);
      return cancel;
    },
    stop() {
      stopped = true;
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}
