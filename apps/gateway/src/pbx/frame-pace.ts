/** On average frames leave no more often than every so many milliseconds; after a pause a few follow at once. */
const FRAME_MS = 8;
const AT_ONCE = 4;
/** Giving frames to everybody takes this share of the time at most: the more consoles, the fewer frames. */
const SHARE = 0.5;
/** A process that stood still in between took no time: so long at most the next one waits. */
const LONGEST_MS = 100;

/** When the next frame may leave: at once while changes are few, with more in it while they are many. */
export interface FramePace {
  /** Milliseconds; 0: now. */
  wait(): number;
  /** A frame has left, and took so many milliseconds of this process. */
  left(tookMs: number): void;
}

/** `elapsed`: milliseconds by a clock that never jumps. */
export function createFramePace({ elapsed }: { elapsed: () => number }): FramePace {
  /** A frame's time is used up when it leaves; what was not used up long ago is gone. */
  let usedUntil = Number.NEGATIVE_INFINITY;
  let ahead = 0;

  return {
    wait: () => Math.max(0, usedUntil - ahead - elapsed()),
    left(tookMs) {
      const every = Math.min(Math.max(FRAME_MS, tookMs / SHARE), LONGEST_MS);
      usedUntil = Math.max(usedUntil, elapsed()) + every;
      ahead = AT_ONCE * FRAME_MS;
    },
  };
}
