import { type Timers, browserTimers } from './timers.ts';

/** Runs `run` at most once per `intervalMs`. Uses timers, since a hidden tab gets no animation frames. */
export function createThrottle({
  run,
  intervalMs,
  timers = browserTimers,
}: {
  run: () => void;
  intervalMs: number;
  timers?: Timers;
}) {
  let timer: number | null = null;
  let lastRunAt = Number.NEGATIVE_INFINITY;

  const cancel = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const flush = () => {
    cancel();
    lastRunAt = timers.monotonic();
    run();
  };
  return {
    cancel,
    /** Runs immediately after a pause, else once for all requests when the interval is over. */
    request: () => {
      const remainingMs = lastRunAt + intervalMs - timers.monotonic();
      if (remainingMs <= 0) flush();
      else timer ??= timers.setTimer(flush, remainingMs);
    },
  };
}
