/** A hidden tab draws no frames; what was gathered is published after so many milliseconds all the same. */
const HIDDEN_MS = 100;

export interface FrameTimers {
  requestFrame: (run: () => void) => number;
  cancelFrame: (handle: number) => void;
  setTimer: (run: () => void, ms: number) => number;
  clearTimer: (handle: number) => void;
}

interface OnceAFrame {
  /** Asks for one `run` with the next frame; asking again before it has run changes nothing. */
  request: () => void;
  cancel: () => void;
}

/** Runs `run` at most once an animation frame, however often it is asked for. */
export function createOnceAFrame({ run, timers }: { run: () => void; timers: FrameTimers }): OnceAFrame {
  let pending: { frame: number; timer: number } | null = null;

  const cancel = () => {
    if (pending === null) return;
    timers.cancelFrame(pending.frame);
    timers.clearTimer(pending.timer);
    pending = null;
  };
  const fire = () => {
    cancel();
    run();
  };
  const request = () => {
    pending ??= { frame: timers.requestFrame(fire), timer: timers.setTimer(fire, HIDDEN_MS) };
  };
  return { request, cancel };
}

export const browserTimers: FrameTimers = {
  requestFrame: (run) => requestAnimationFrame(run),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (handle) => window.clearTimeout(handle),
};
