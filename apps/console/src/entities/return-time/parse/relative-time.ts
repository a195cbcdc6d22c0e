import { roundedMinuteAfter } from '../return-time-options.ts';
import { WORK_START_MINUTES } from './time-of-day.ts';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;
/** Minutes between which `14h` is a time of day; with a colon (`09:00 hrs`) from {@link WORK_START_MINUTES}. */
const TIME_OF_DAY_FROM = 13 * HOUR_MINUTES;
const TIME_OF_DAY_TO = 24 * HOUR_MINUTES;
/** A duration in days ends at this hour. */
const MORNING_HOUR = 9;

const N = String.raw`\d{1,3}(?:[.,]\d{1,2})?`;
const PART = '(?<part>3 quarter|half|quarter)';
const FORMS = [
  /^(?<minutes>\d{1,4}) m$/u,
  new RegExp(`^(?<hours>${N}) (?:h|hr)(?: ${PART})?$`, 'u'),
  new RegExp(`^${PART} (?:h|hr)$`, 'u'),
  new RegExp(`^(?<hours>${N}) ${PART} (?:h|hr)$`, 'u'),
  /^(?<hours>\d{1,3}) (?:h|hr) (?<minutes>\d{1,2})(?: m)?$/u,
  /^(?<hours>\d{1,2}):(?<minutes>\d{2}) (?:h|hr)$/u,
];
const UNITLESS_FORMS = [/^(?<minutes>\d{1,4})$/u, /^(?<hours>\d{1,2}):(?<minutes>\d{2})$/u];
const PART_MINUTES: Readonly<Record<string, number>> = { half: 30, quarter: 15, '3 quarter': 45 };

/** How the duration was introduced: not, by `for`, or by `in`, which allows minutes without a unit. */
type DurationPrefix = 'not' | 'duration' | 'minutes';

/** Returns the end of a duration from now, in milliseconds since 1970; null where the symbols are none. */
export function endOfDuration(
  symbols: readonly string[],
  now: number,
  prefix: DurationPrefix,
): number | null {
  const text = symbols.join(' ');
  const days = /^(?<count>\d{1,3}) (?<unit>[dw])$/u.exec(text)?.groups;
  if (days !== undefined) {
    const date = new Date(now);
    const daysAhead = Number(days['count']) * (days['unit'] === 'w' ? 7 : 1);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysAhead, MORNING_HOUR).getTime();
  }
  const forms = prefix === 'minutes' ? [...FORMS, ...UNITLESS_FORMS] : FORMS;
  const match = forms.map((form) => form.exec(text)).find((found) => found !== null)?.groups;
  if (match === undefined) return null;
  const minutes =
    Number((match['hours'] ?? '0').replace(',', '.')) * HOUR_MINUTES +
    Number(match['minutes'] ?? 0) +
    (PART_MINUTES[match['part'] ?? ''] ?? 0);
  const [first = ''] = symbols;
  const hasColon = /^\d\d:\d\d$/u.test(first);
  const isTimeNotation = hasColon || symbols.includes('h') || /^\d\d\.\d\d$/u.test(first);
  const threshold = hasColon ? WORK_START_MINUTES : TIME_OF_DAY_FROM;
  const isTimeOfDay = prefix === 'not' && minutes >= threshold && minutes < TIME_OF_DAY_TO && isTimeNotation;
  return isTimeOfDay ? null : roundedMinuteAfter(now, minutes * MINUTE);
}
