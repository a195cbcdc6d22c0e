/** Two clocks, both in milliseconds: one to tell people a time by, one to wait by. */
export interface Clock {
  /** Since 1970; it may be set, and so jump. */
  now(): number;
  /** Since some moment; it never jumps. */
  monotonic(): number;
}

export const systemClock: Clock = { now: Date.now, monotonic: () => performance.now() };
