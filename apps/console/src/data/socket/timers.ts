export interface Timers {
  /** A monotonic clock in milliseconds. */
  monotonic: () => number;
  setTimer: (run: () => void, ms: number) => number;
  clearTimer: (handle: number) => void;
}

export const browserTimers: Timers = {
  monotonic: () => performance.now(),
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (handle) => window.clearTimeout(handle),
};
