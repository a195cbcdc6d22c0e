const HOUR_MINUTES = 60;
const HALF_DAY = 12 * HOUR_MINUTES;
/** Working hours, in minutes since midnight. */
export const WORK_START_MINUTES = 7 * HOUR_MINUTES;
const WORK_END_MINUTES = 19 * HOUR_MINUTES;

export interface TimeOfDay {
  /** Minutes since midnight: two for 7 o'clock, at which working hours begin and end. */
  readonly minutes: readonly number[];
  /** Other interpretations on a 12-hour clock; none with am or pm. */
  readonly alternatives: readonly number[];
}

/** The hours that stand for parts of a day; the first future one applies. */
export const DAY_PARTS: Readonly<Record<string, readonly number[]>> = {
  morning: [9, 11],
  noon: [12],
  'lunch-hour': [12],
  'after-lunch': [13],
  afternoon: [15, 17],
  evening: [18, 20, 22],
  night: [22, 24],
  midnight: [24],
  eod: [17],
};

const TIME_PATTERNS = [
  /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?(?: (?:h|hr|clock))?$/u,
  /^(?<hour>\d{1,2}) (?:h|clock) (?<minute>\d{2})(?: m)?$/u,
  /^(?<hour>\d{1,2})(?<minute>\d{2})(?: (?:h|hr|clock))?$/u,
  /^(?:(?<before>(?:[12]?[05]|\d{1,2}(?= m))|quarter)(?: m)? (?<side>past|to) )?(?:(?<part>half past|half|halb|quarter|3 quarter) )?(?<hour>\d{1,2})(?: clock)?$/u,
];
/** Offset in minutes from the full hour. */
const FRACTION_SHIFT_MINUTES: Readonly<Record<string, number>> = {
  'half past': 30,
  half: 30,
  halb: -30,
  quarter: -45,
  '3 quarter': -15,
};

/** Parses symbols as a time of day; null where they are none. `part`: the part of the day that it is in. */
export function parseTimeOfDay(symbols: readonly string[], part: string | null): TimeOfDay | null {
  const [meridiem, ...rest] = symbols.toReversed();
  const hasMeridiem = meridiem === 'am' || meridiem === 'pm';
  const text = (hasMeridiem ? rest.toReversed() : symbols).join(' ');
  const match = TIME_PATTERNS.map((form) => form.exec(text)).find((found) => found !== null)?.groups;
  if (match === undefined) return null;
  const { before = '0', side, part: fraction } = match;
  const hourText = match['hour'] ?? '';
  const hour = Number(hourText);
  const minute = Number(match['minute'] ?? 0);
  const offsetMinutes = before === 'quarter' ? 15 : Number(before);
  if (minute >= HOUR_MINUTES || offsetMinutes >= HOUR_MINUTES || hour >= 24) return null;
  const shift =
    (side === 'to' ? -offsetMinutes : offsetMinutes) +
    (fraction === undefined ? 0 : (FRACTION_SHIFT_MINUTES[fraction] ?? 0));
  const minutes = hour * HOUR_MINUTES + minute + shift;

  const isTwelveHour = hour >= 1 && hour <= 12;
  if (minutes < 0 || (hasMeridiem && !isTwelveHour)) return null;
  if (isTwelveHour && (hasMeridiem || part !== null)) {
    const isPm = isAfternoon(meridiem ?? '', part, hour);
    return { minutes: [(minutes % HALF_DAY) + (isPm ? HALF_DAY : 0)], alternatives: [] };
  }
  return isTwelveHour && !hourText.startsWith('0')
    ? ambiguousTime(minutes)
    : { minutes: [minutes], alternatives: [] };
}

function isAfternoon(meridiem: string, part: string | null, hour: number): boolean {
  if (meridiem === 'am' || meridiem === 'pm') return meridiem === 'pm';
  if (part === 'night' || part === 'midnight') return hour >= 6 && hour < 12;
  return part !== 'morning';
}

/** Picks the interpretation within working hours; only full hours from 1 to 11 have alternatives. */
function ambiguousTime(minutes: number): TimeOfDay {
  const first = minutes % HALF_DAY;
  const candidates = [first, first + HALF_DAY];
  const withinWorkHours = candidates.filter((time) => time >= WORK_START_MINUTES && time <= WORK_END_MINUTES);
  return { minutes: withinWorkHours, alternatives: first < HOUR_MINUTES ? [] : candidates };
}

/** Returns the time of a part of a day alone. */
export const dayPartTime = (part: string): TimeOfDay => ({
  minutes: (DAY_PARTS[part] ?? []).map((hour) => hour * HOUR_MINUTES),
  alternatives: [],
});
