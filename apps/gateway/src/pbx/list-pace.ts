import type { Clock } from '../clock.ts';

/** Lists taken without a reason take 2 % of the time at most, and of the line what the site gives them. */
const MIN_INTERVAL_MS = 1500;
const MAX_INTERVAL_MS = 86_400_000;
const DUTY_CYCLE = 0.02;
/** Where Asterisk could not be asked in another way a list tells the truth: at once, but a tenth of the time at most, or one a second. */
const URGENT_DUTY_CYCLE = 0.1;
const URGENT_AFTER_MS = 1000;
/** A reload is noticed before it is over, and Asterisk may still list what it is about to remove. */
const FOLLOW_UP_MS = 1000;
const SECOND_MS = 1000;

/** How often lists are taken. */
export interface ListPace {
  /** A list begins. To be called when it has ended, for the milliseconds until the next is due. */
  begin(): () => number;
  /** One is called for out of turn: milliseconds until it may begin. Another one follows a second later. */
  urgent(): number;
}

export function createListPace({
  elapsed,
  bytesReceived,
  bytesPerSecond,
}: Pick<Clock, 'elapsed'> & {
  /** Bytes that have come from Asterisk, in all. */
  bytesReceived: () => number;
  bytesPerSecond: number;
}): ListPace {
  let last = { endedAt: 0, tookMs: 0 };
  let isUrgent = false;
  return {
    begin() {
      const beganAt = elapsed();
      const before = bytesReceived();
      const wasUrgent = isUrgent;
      isUrgent = false;
      return () => {
        const endedAt = elapsed();
        const lineMs = ((bytesReceived() - before) / bytesPerSecond) * SECOND_MS;
        last = { endedAt, tookMs: endedAt - beganAt };
        if (wasUrgent) return Math.max(FOLLOW_UP_MS, last.tookMs);
        const interval = Math.max(MIN_INTERVAL_MS, last.tookMs / DUTY_CYCLE, lineMs);
        return Math.min(interval, MAX_INTERVAL_MS);
      };
    },
    urgent() {
      isUrgent = true;
      const pause = Math.min(last.tookMs / URGENT_DUTY_CYCLE, URGENT_AFTER_MS);
      return Math.max(0, last.endedAt + pause - elapsed());
    },
  };
}
