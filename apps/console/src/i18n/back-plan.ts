import type { Back, BackPlan } from '@lampboard/protocol';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/** A moment so many milliseconds from `now`, on the full minute. */
export function afterWhile(now: number, ms: number): number {
  return Math.round((now + ms) / MINUTE) * MINUTE;
}

/** The next moment at which it is so many minutes past midnight, in the local time zone. */
export function nextTimeOfDay(now: number, minutes: number): number {
  const day = new Date(now);
  const at = () => new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minutes, 0).getTime();
  if (at() > now) return at();
  day.setHours(12);
  day.setDate(day.getDate() + 1);
  return at();
}

/** The return time that a plan means, begun at `now`, in milliseconds since 1970. */
export function backOfPlan(plan: BackPlan, now: number): Back {
  const at = plan.kind === 'in' ? afterWhile(now, plan.minutes * MINUTE) : nextTimeOfDay(now, plan.minutes);
  return { at, next: plan.next };
}

/** Minutes past midnight, in the local time zone. */
export function minutesOfDay(at: number): number {
  const date = new Date(at);
  return date.getHours() * HOUR_MINUTES + date.getMinutes();
}
