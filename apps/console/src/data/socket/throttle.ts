import { type Timers, browserTimers } from './timers.ts';

interface Throttle {
  /** Runs at once after a pause, else once for all requests when the interval is over. */
  request: () => void;
  cancel: () => void;
}

/**
 * Runs `run` at most once per `intervalMs`. It uses timers instead of animation frames, which a hidden tab does not get;
 * where the tab's timers are late, the next request runs it.
 */
export function createThrottle({
  run,
  intervalMs,
  timers = browserTimers,
}: {
  run: () => void;
  intervalMs: number;
  timers?: Timers;
}): Throttle {
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
    request: () => {
      const remainingMs = lastRunAt + intervalMs - timers.monotonic();
      if (remainingMs <= 0) flush();
      else timer ??= timers.setTimer(flush, remainingMs);
    },
  };
}
