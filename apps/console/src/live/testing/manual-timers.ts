import type { FrameTimers } from '../once-a-frame.ts';

/** Timers and animation frames that pass when a test says so. */
export interface ManualTimers extends FrameTimers {
  /** Milliseconds; a test may also set it. */
  now: number;
  /** Draws one animation frame. */
  frame: () => void;
  /** Lets time pass, without any animation frame, as in a hidden tab. */
  pass: (ms: number) => void;
}

export function createManualTimers(): ManualTimers {
  const due = new Map<number, { at: number; run: () => void }>();
  const frames = new Map<number, () => void>();
  let last = 0;

  const timers: ManualTimers = {
    now: 0,
    requestFrame: (run) => {
      last += 1;
      frames.set(last, run);
      return last;
    },
    cancelFrame: (handle) => void frames.delete(handle),
    setTimer: (run, ms) => {
      last += 1;
      due.set(last, { at: timers.now + ms, run });
      return last;
    },
    clearTimer: (handle) => void due.delete(handle),
    frame: () => {
      const wanted = [...frames.values()];
      frames.clear();
      for (const run of wanted) run();
    },
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
