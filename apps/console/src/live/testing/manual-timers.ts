import type { Timers } from '../timers.ts';

/** Timers that pass when a test says so. */
export interface ManualTimers extends Timers {
  /** Milliseconds; a test may also set it. */
  now: number;
  /** Lets time pass. */
  pass: (ms: number) => void;
}

export function createManualTimers(): ManualTimers {
  const due = new Map<number, { at: number; run: () => void }>();
  let last = 0;

  const timers: ManualTimers = {
    now: 0,
    elapsed: () => timers.now,
    setTimer: (run, ms) => {
      last += 1;
      due.set(last, { at: timers.now + ms, run });
      return last;
    },
    clearTimer: (handle) => void due.delete(handle),
    pass: (ms) => {
      const end = timers.now + ms;
      for (;;) {
        const [first] = [...due].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at);
        if (first === undefined) break;
        const [handle, { at, run }] = first;
        due.delete(handle);
        timers.now = at;
        run();
      }
      timers.now = end;
    },
  };
  return timers;
}
