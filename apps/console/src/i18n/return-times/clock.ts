const HOUR_MINUTES = 60;
const HALF_DAY = 12 * HOUR_MINUTES;
/** The hours in which somebody is expected back, in minutes since midnight. */
export const WORK_BEGINS = 7 * HOUR_MINUTES;
const WORK_ENDS = 19 * HOUR_MINUTES;

/** A time of the day. */
export interface Clock {
  /** Minutes since midnight that are meant: two for seven o’clock, with which working hours begin and end. */
  readonly minutes: readonly number[];
  /** Those that a clock face shows alike and that could be meant as well; none where the half of the day was said. */
  readonly others: readonly number[];
}

/** Parts of a day: the minutes since midnight that stand for them, the first to come counts. */
export const PARTS: Readonly<Record<string, readonly number[]>> = {
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

const CLOCK = [
  /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?(?: (?:h|hr|clock))?$/u,
  /^(?<hour>\d{1,2}) (?:h|clock) (?<minute>\d{2})(?: m)?$/u,
  /^(?<hour>\d{1,2})(?<minute>\d{2})(?: (?:h|hr|clock))?$/u,
  /^(?:(?<before>(?:[12]?[05]|\d{1,2}(?= m))|quarter)(?: m)? (?<side>past|to) )?(?:(?<part>half past|half|halb|quarter|3 quarter) )?(?<hour>\d{1,2})(?: clock)?$/u,
];
/** By how many minutes it differs from the full hour. */
const SHIFT: Readonly<Record<string, number>> = {
  'half past': 30,
  half: 30,
  halb: -30,
  quarter: -45,
  '3 quarter': -15,
};

/** A time of the day as the symbols say it; null where they say none. `part` is the part of the day it lies in. */
export function clockOf(symbols: readonly string[], part: string | null): Clock | null {
  const [half, ...rest] = symbols.toReversed();
  const isHalf = half === 'am' || half === 'pm';
  const text = (isHalf ? rest.toReversed() : symbols).join(' ');
  const match = CLOCK.map((form) => form.exec(text)).find((found) => found !== null)?.groups;
  if (match === undefined) return null;
  const { before = '0', side, part: fraction } = match;
  const written = match['hour'] ?? '';
  const hour = Number(written);
  const minute = Number(match['minute'] ?? 0);
  const ahead = before === 'quarter' ? 15 : Number(before);
  if (minute >= HOUR_MINUTES || ahead >= HOUR_MINUTES || hour >= 24) return null;
  const shift = (side === 'to' ? -ahead : ahead) + (fraction === undefined ? 0 : (SHIFT[fraction] ?? 0));
  const minutes = hour * HOUR_MINUTES + minute + shift;

  const isFace = hour >= 1 && hour <= 12;
  if (minutes < 0 || (isHalf && !isFace)) return null;
  if (isFace && (isHalf || part !== null)) {
    const isLater = isAfternoon(half ?? '', part, hour);
    return { minutes: [(minutes % HALF_DAY) + (isLater ? HALF_DAY : 0)], others: [] };
  }
  return isFace && !written.startsWith('0') ? onTheFace(minutes) : { minutes: [minutes], others: [] };
}

function isAfternoon(half: string, part: string | null, hour: number): boolean {
  if (half === 'am' || half === 'pm') return half === 'pm';
  if (part === 'night' || part === 'midnight') return hour >= 6 && hour < 12;
  return part !== 'morning';
}

/** What a clock face shows is meant within working hours; only of full hours from 1 to 11 is the other half likely. */
function onTheFace(minutes: number): Clock {
  const first = minutes % HALF_DAY;
  const halves = [first, first + HALF_DAY];
  const meant = halves.filter((time) => time >= WORK_BEGINS && time <= WORK_ENDS);
  return { minutes: meant, others: first < HOUR_MINUTES ? [] : halves };
}

/** A time of which the day is not known: the part of a day by itself. */
export function partOf(part: string): Clock {
  return { minutes: (PARTS[part] ?? []).map((hour) => hour * HOUR_MINUTES), others: [] };
}
