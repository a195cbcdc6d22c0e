/** On average frames leave no more often than every so many milliseconds; after a pause a few follow at once. */
const FRAME_INTERVAL_MS = 8;
const MAX_BURST = 4;
/** Giving frames to everybody takes this share of the time at most: the more consoles, the fewer frames. */
const MAX_DUTY_CYCLE = 0.5;
/** A process that stood still in between took no time: so long at most the next one waits. */
const MAX_INTERVAL_MS = 100;

/** When the next frame may leave: at once while changes are few, with more in it while they are many. */
export interface FrameScheduler {
  /** Milliseconds; 0: now. */
  wait(): number;
  /** A frame has left, and took so many milliseconds of this process. */
  sent(tookMs: number): void;
}

/** `elapsed`: milliseconds by a clock that never jumps. */
export function createFrameScheduler({ monotonic }: { monotonic: () => number }): FrameScheduler {
  /** A frame's time is used up when it leaves; what was not used up long ago is gone. */
  let usedUntil = Number.NEGATIVE_INFINITY;
  let burst = 0;

  return {
    wait: () => Math.max(0, usedUntil - burst - monotonic()),
    sent(tookMs) {
      const interval = Math.min(Math.max(FRAME_INTERVAL_MS, tookMs / MAX_DUTY_CYCLE), MAX_INTERVAL_MS);
      usedUntil = Math.max(usedUntil, monotonic()) + interval;
      burst = MAX_BURST * FRAME_INTERVAL_MS;
    },
  };
}
