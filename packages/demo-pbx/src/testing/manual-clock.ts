export function createManualClock() {
  let now = 0;
  let timers: { due: number; run: () => void }[] = [];
  return {
    now: () => now,
    epoch: Date.UTC(2026, 10, 30, 9),
    after(ms: number, run: () => void) {
      const timer = { due: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    /** Runs the timers due within `ms`, in order. */
    advance(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = next.due;
        next.run();
      }
      now = end;
    },
    /** Number of pending timers. */
    pending: () => timers.length,
  };
}
