import type { Clock } from '../simulation/clock.ts';

export interface ManualClock extends Clock {
  /** Runs the timers due within `ms`, in order. */
  advance(ms: number): void;
  /** Number of pending timers. */
  pending(): number;
}

export function createManualClock(): ManualClock {
  let now = 0;
  let timers: { due: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const timer = { due: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
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
    pending: () => timers.length,
  };
}
