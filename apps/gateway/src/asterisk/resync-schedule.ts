import type { Clock } from '../platform/clock.ts';

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
export interface ResyncSchedule {
  /** A list begins. To be called when it has ended, for the milliseconds until the next is due. */
  start(): () => number;
  /** One is called for out of turn: milliseconds until it may begin. Another one follows a second later. */
  urgentDelay(): number;
}

export function createResyncSchedule({
  monotonic,
  bytesReceived,
  bytesPerSecond,
}: Pick<Clock, 'monotonic'> & {
  /** Bytes that have come from Asterisk, in all. */
  bytesReceived: () => number;
  bytesPerSecond: number;
}): ResyncSchedule {
  let last = { endedAt: 0, tookMs: 0 };
  let isUrgent = false;
  return {
    start() {
      const startedAt = monotonic();
      const bytesBefore = bytesReceived();
      const wasUrgent = isUrgent;
      isUrgent = false;
      return () => {
        const endedAt = monotonic();
        const lineMs = ((bytesReceived() - bytesBefore) / bytesPerSecond) * SECOND_MS;
        last = { endedAt, tookMs: endedAt - startedAt };
        if (wasUrgent) return Math.max(FOLLOW_UP_MS, last.tookMs);
        const interval = Math.max(MIN_INTERVAL_MS, last.tookMs / DUTY_CYCLE, lineMs);
        return Math.min(interval, MAX_INTERVAL_MS);
      };
    },
    urgentDelay() {
      isUrgent = true;
      const pause = Math.min(last.tookMs / URGENT_DUTY_CYCLE, URGENT_AFTER_MS);
      return Math.max(0, last.endedAt + pause - monotonic());
    },
  };
}
