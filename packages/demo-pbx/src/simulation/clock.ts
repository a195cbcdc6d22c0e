/** Where timers come from; tests hand in one of their own. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Runs something after so many ms; the result calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

interface StoppableClock extends Clock {
  stop(): void;
}

/** A clock that can be stopped for good. */
export function createStoppableClock({ clock }: { clock: Clock }): StoppableClock {
  const pending = new Set<() => void>();
  let stopped = false;
  return {
    now: () => clock.now(),
    after(ms, run) {
      if (stopped) return () => undefined;
      const cancel = clock.after(ms, () => {
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
