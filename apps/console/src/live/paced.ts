import type { Timers } from './timers.ts';

/** Milliseconds: about a display frame. */
const PACE_MS = 16;

interface Paced {
  /** Asks for a `run`: at once after a pause, else when its time has come, once for all that asked until then. */
  request: () => void;
  cancel: () => void;
}

/**
 * Runs `run` at most once a display frame, however often it is asked for. Not by the display's own frames: each that is
 * asked for costs, were there nothing to draw, and a hidden tab has none. Its timers are late, too; there, whatever
 * asks next brings it.
 */
export function createPaced({ run, timers }: { run: () => void; timers: Timers }): Paced {
  let timer: number | null = null;
  let last = Number.NEGATIVE_INFINITY;

  const cancel = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const fire = () => {
    cancel();
    last = timers.elapsed();
    run();
  };
  const request = () => {
    const rest = last + PACE_MS - timers.elapsed();
    if (rest <= 0) fire();
    else timer ??= timers.setTimer(fire, rest);
  };
  return { request, cancel };
}
