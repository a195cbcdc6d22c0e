import type { Timers } from '../data/socket/timers.ts';

interface ManualTimers extends Timers {
  /** In milliseconds; tests may set it. */
  now: number;
  /** Advances the time and runs due timers. */
  advance: (ms: number) => void;
}

export function createManualTimers(): ManualTimers {
  const due = new Map<number, { handle: number; dueAt: number; run: () => void }>();
  let last = 0;

  const timers: ManualTimers = {
    now: 0,
    monotonic: () => timers.now,
    setTimer: (run, ms) => {
      last += 1;
      due.set(last, { handle: last, dueAt: timers.now + ms, run });
      return last;
    },
    clearTimer: (handle) => void due.delete(handle),
    advance: (ms) => {
      const end = timers.now + ms;
      for (;;) {
        const [first] = [...due.values()].toSorted((a, b) => a.dueAt - b.dueAt);
        if (first === undefined || first.dueAt > end) break;
        const { handle, dueAt, run } = first;
        due.delete(handle);
        timers.now = dueAt;
        run();
      }
      timers.now = end;
    },
  };
  return timers;
}
