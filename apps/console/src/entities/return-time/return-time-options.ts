import type { ReturnTime, RelativeReturnTime } from '@lampboard/protocol';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/** Returns `now` plus `ms`, rounded to the minute. */
export const roundedMinuteAfter = (now: number, ms: number): number =>
  Math.round((now + ms) / MINUTE) * MINUTE;

/** Returns the next time at this number of minutes past midnight, in the local time zone. */
function nextTimeOfDay(now: number, minutes: number): number {
  const day = new Date(now);
  const atMinutes = () => new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes, 0).getTime();
  if (atMinutes() > now) return atMinutes();
  day.setHours(12);
  day.setDate(day.getDate() + 1);
  return atMinutes();
}

/** Resolves a relative return time at `now`, in milliseconds since 1970. */
export function resolveReturnTime(plan: RelativeReturnTime, now: number): ReturnTime {
  const returnAt =
    plan.kind === 'in' ? roundedMinuteAfter(now, plan.minutes * MINUTE) : nextTimeOfDay(now, plan.minutes);
  return { at: returnAt, thenState: plan.thenState };
}

/** Minutes past midnight, in the local time zone. */
export function minutesOfDay(timestamp: number): number {
  const date = new Date(timestamp);
  return date.getHours() * HOUR_MINUTES + date.getMinutes();
}
