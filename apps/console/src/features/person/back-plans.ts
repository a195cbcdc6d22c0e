import type { Back, BackPlan } from '@lampboard/protocol';
import { minutesOfDay } from '../../i18n/back-plan.ts';

const MINUTE = 60_000;
const QUARTER = 15;
const DAY_MINUTES = 24 * 60;

/** The plans that could be meant by a return time, the likelier first: a quarter of an hour was meant by the clock. */
export function plansOf({ at, next }: Back, now: number): readonly BackPlan[] {
  const ahead = Math.round((at - now) / MINUTE);
  const byClock: BackPlan = { kind: 'at', minutes: minutesOfDay(at), next };
  if (ahead < 1) return [byClock];
  const after: BackPlan = { kind: 'in', minutes: ahead, next };
  const isClock = ahead < DAY_MINUTES && byClock.minutes % QUARTER === 0;
  return isClock ? [byClock, after] : [after, byClock];
}
