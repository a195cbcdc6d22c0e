/** A timer source that tests replace. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Milliseconds since 1970 when `now()` was 0. */
  readonly epoch: number;
  /** Returns the function that cancels the timer. */
  after(ms: number, run: () => void): () => void;
}

/** Milliseconds since 1970. */
export const timestampOf = (clock: Clock): number => clock.epoch + clock.now();

export const realClock: Clock = {
  now: () => performance.now(),
  epoch: performance.timeOrigin,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function createStoppableClock(clock: Clock): Clock & { stop(): void } {
  const pending = new Set<() => void>();
  let stopped = false;
  return {
    now: () => clock.now(),
    epoch: clock.epoch,
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

/** Calls `run` every `tickMs` with the number of events due at `rate` per second, however late the timers are. */
export function startAtRate(clock: Clock, tickMs: number, rate: number, run: (count: number) => void) {
  let due = 0;
  let last = clock.now();
  let cancel = clock.after(tickMs, tick);
  function tick(): void {
    const now = clock.now();
    due += (rate * (now - last)) / 1000;
    last = now;
    const count = Math.floor(due);
    due -= count;
    run(count);
    cancel = clock.after(tickMs, tick);
  }
  return { stop: () => cancel() };
}
