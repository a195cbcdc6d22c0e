/** Two clocks, in milliseconds. */
export interface Clock {
  /** Wall clock since 1970; may jump. */
  now(): number;
  /** For durations; never jumps. */
  monotonic(): number;
}

export const systemClock: Clock = { now: Date.now, monotonic: () => performance.now() };
