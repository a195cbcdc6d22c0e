export interface Timers {
  /** Milliseconds since some moment; unlike the clock it never goes back. */
  elapsed: () => number;
  setTimer: (run: () => void, ms: number) => number;
  clearTimer: (handle: number) => void;
}

export const browserTimers: Timers = {
  elapsed: () => performance.now(),
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (handle) => window.clearTimeout(handle),
};
