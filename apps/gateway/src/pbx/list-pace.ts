import type { Clock } from '../clock.ts';

/** Asterisk tells nothing of a hint that a reload removed: lists are taken again and again, at most 2 % of the time. */
const EVERY_MS = 1500;
const SHARE = 0.02;
const AT_LEAST_MS = 60_000;
/** Where Asterisk could not be asked in another way a list tells the truth: at once, but a tenth of the time at most, or one a second. */
const URGENT_SHARE = 0.1;
const URGENT_AFTER_MS = 1000;

/** How often lists are taken. */
export interface ListPace {
  /** A list that was begun then, by the clock that never jumps, has ended; milliseconds until the next is due. */
  ended(began: number): number;
  /** Milliseconds until one out of turn may follow. */
  untilUrgent(): number;
}

export function createListPace({ elapsed }: Pick<Clock, 'elapsed'>): ListPace {
  let last = { endedAt: 0, tookMs: 0 };
  return {
    ended(began) {
      const endedAt = elapsed();
      last = { endedAt, tookMs: endedAt - began };
      return Math.min(Math.max(EVERY_MS, last.tookMs / SHARE), AT_LEAST_MS);
    },
    untilUrgent() {
      const pause = Math.min(last.tookMs / URGENT_SHARE, URGENT_AFTER_MS);
      return Math.max(0, last.endedAt + pause - elapsed());
    },
  };
}
