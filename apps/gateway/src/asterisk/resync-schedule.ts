import type { Clock } from '../platform/clock.ts';

/** Periodic resyncs take at most 2 % of the time, and of the bandwidth what the site configures. */
const MIN_INTERVAL_MS = 1500;
const MAX_INTERVAL_MS = 86_400_000;
const DUTY_CYCLE = 0.02;
/** Urgent resyncs take at most a tenth of the time, but are never delayed by more than a second. */
const URGENT_DUTY_CYCLE = 0.1;
const MAX_URGENT_DELAY_MS = 1000;
/** A reload is detected before it ends, while Asterisk may still list hints that it is about to remove. */
const FOLLOW_UP_MS = 1000;
const SECOND_MS = 1000;

/** Decides when the board is resynced from lists. */
export type ResyncSchedule = ReturnType<typeof createResyncSchedule>;

export function createResyncSchedule({
  monotonic,
  bytesReceived,
  bytesPerSecond,
}: Pick<Clock, 'monotonic'> & {
  /** Total of bytes received from Asterisk. */
  bytesReceived: () => number;
  bytesPerSecond: number;
}) {
  let last = { endedAt: 0, tookMs: 0 };
  let isUrgent = false;
  return {
    /** Starts a resync; the returned function ends it and returns the milliseconds until the next. */
    start(): () => number {
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
    /** Returns the milliseconds until an urgent resync may start; a second one follows it. */
    urgentDelay() {
      isUrgent = true;
      const pause = Math.min(last.tookMs / URGENT_DUTY_CYCLE, MAX_URGENT_DELAY_MS);
      return Math.max(0, last.endedAt + pause - monotonic());
    },
  };
}
