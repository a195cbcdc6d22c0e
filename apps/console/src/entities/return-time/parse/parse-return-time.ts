import { MAX_RETURN_TIME_AHEAD_MS } from '@lampboard/protocol';
import type { Translate } from '../../../i18n/translate.ts';
import { type TimeOfDay, DAY_PARTS, parseTimeOfDay, dayPartTime } from './time-of-day.ts';
import { parseDays } from './dates.ts';
import { type Vocabulary, vocabularyOf } from './tokens.ts';
import { endOfDuration } from './relative-time.ts';

/** A day without a time, in minutes since midnight. */
const MORNING: TimeOfDay = { minutes: [9 * 60], alternatives: [] };
const WEEK_DAYS = 7;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A return time that was read; times are milliseconds since 1970. */
export interface ParsedReturnTime {
  readonly timestamp: number;
  /** What else could be meant, such as three o’clock at night; null where nothing else could. */
  readonly alternative: number | null;
  /** How surely the text means a time: a `number` may count what follows, a `word` (`two`, `sat`) may be one of a sentence. */
  readonly confidence: 'sure' | 'number' | 'word';
}

/** Parts of the day that are words of any sentence. */
const AMBIGUOUS_DAY_PARTS: ReadonlySet<string> = new Set([
  'day0',
  'morning',
  'lunch-hour',
  'afternoon',
  'evening',
  'night',
]);

type Times = Pick<ParsedReturnTime, 'timestamp' | 'alternative'>;

/**
 * A return time as people say it, in any of the languages, in the local time zone: a time of the day (`14`, `1400`,
 * `half past two`, `halb drei`), a while (`30 min`, `an hour and a half`), a day with or without a time (`tomorrow`,
 * `Fri 10`, `24.12. 9:00`, `heute Nachmittag`). An hour from 1 to 11 without a leading zero or half of the day is meant
 * between 7:00 and 19:00; a time that is past today is tomorrow’s; a day without a time means nine. Null for anything else, for what
 * is past, and for what is further ahead than can be set.
 */
export function parseReturnTime(text: string, now: number, t: Translate): ParsedReturnTime | null {
  const vocabulary = vocabularyOf(t);
  if (!vocabulary.knows(text)) return null;
  const symbols = vocabulary.symbolsOf(text);
  const times = resolveSymbols(symbols, now, vocabulary);
  if (times === null || !isInRange(times.timestamp, now)) return null;
  const alternative =
    times.alternative !== null && isInRange(times.alternative, now) ? times.alternative : null;
  return { timestamp: times.timestamp, alternative, confidence: confidenceOf(symbols, text) };
}

const isInRange = (timestamp: number, now: number) =>
  timestamp > now && timestamp - now <= MAX_RETURN_TIME_AHEAD_MS;

function confidenceOf(symbols: readonly string[], text: string): ParsedReturnTime['confidence'] {
  const meaningful = symbols.filter((symbol) => symbol !== '+' && symbol !== '~');
  const [first = '', ...more] = /^to\s/iu.test(text) ? meaningful.slice(1) : meaningful;
  if (more.length > 0) return 'sure';
  if (/^#|\?$/u.test(first) || AMBIGUOUS_DAY_PARTS.has(first)) return 'word';
  if (!/^\d+$/u.test(first)) return 'sure';
  return /\d/u.test(text) ? 'number' : 'word';
}

function resolveSymbols(allSymbols: readonly string[], now: number, vocabulary: Vocabulary): Times | null {
  const last = allSymbols.at(-1) ?? '';
  if (/^(?:~(?:on)?|@|\+{1,2})$/u.test(last)) return null;
  const symbols = dropRangeStart(allSymbols).filter((symbol) => !/^[~@]/u.test(symbol));
  const [first = '', ...rest] = symbols;
  if (first === '+' || first === '++') {
    const timestamp = endOfDuration(rest, now, first === '+' ? 'minutes' : 'duration');
    return timestamp === null ? null : { timestamp, alternative: null };
  }
  // “After three” is three.
  const timeSymbols = first === 'past' || first === 'to' ? rest : symbols;
  const timestamp = endOfDuration(timeSymbols, now, 'not');
  return timestamp === null
    ? resolveDayAndTime(timeSymbols, now, vocabulary)
    : { timestamp, alternative: null };
}

/** Of weekdays “from … to …” the last counts. */
function dropRangeStart(symbols: readonly string[]): readonly string[] {
  const isDay = (symbol = '') => symbol.startsWith('wd');
  const to = symbols.findIndex(
    (symbol, index) => /^(?:to|@)$/u.test(symbol) && isDay(symbols[index - 1]) && isDay(symbols[index + 1]),
  );
  return symbols.slice(to + 1);
}

/** A time of the day, a day, a part of a day, or several of these in any order. */
function resolveDayAndTime(
  symbols: readonly string[],
  now: number,
  { monthFirst }: Vocabulary,
): Times | null {
  const part = symbols.find((symbol) => Object.hasOwn(DAY_PARTS, symbol)) ?? null;
  const rest = symbols.filter((symbol) => symbol !== part);
  if (symbols.length - rest.length > 1) return null;
  if (part === null && rest.length === 0) return null;
  const defaultTime = part === null ? MORNING : dayPartTime(part);
  for (let split = rest.length; split >= 0; split -= 1) {
    const splitParts = [rest.slice(0, split), rest.slice(split)] as const;
    for (const [day, time] of [splitParts, splitParts.toReversed()]) {
      const timeOfDay = time.length === 0 ? defaultTime : parseTimeOfDay(time, part);
      const times = timeOfDay === null ? null : resolveOnDays(day, timeOfDay, now, monthFirst);
      if (times !== null) return times;
    }
  }
  return null;
}

/** On the nearest of these days, or without any today or tomorrow: the first moment to come. */
function resolveOnDays(
  day: readonly string[],
  timeOfDay: TimeOfDay,
  now: number,
  monthFirst: boolean,
): Times | null {
  const { days, orWeekLater } =
    day.length === 0
      ? { days: [addDays(now, 0), addDays(now, 1)], orWeekLater: false }
      : parseDays(day, new Date(now), monthFirst);
  const nextOf = (minutes: readonly number[], days: readonly Date[], excluded?: number) =>
    days
      .flatMap((date) =>
        minutes.flatMap((minute) => wallClockTimes(date, minute).map((timestamp) => ({ date, timestamp }))),
      )
      .find(({ timestamp }) => timestamp > now && timestamp !== excluded);
  const first = nextOf(timeOfDay.minutes, days);
  if (first === undefined) return null;
  if (orWeekLater)
    return {
      timestamp: first.timestamp,
      alternative: new Date(first.timestamp).setDate(new Date(first.timestamp).getDate() + WEEK_DAYS),
    };
  const alternative = nextOf(timeOfDay.alternatives, day.length === 0 ? days : [first.date], first.timestamp);
  return { timestamp: first.timestamp, alternative: alternative?.timestamp ?? null };
}

/** When the clock on the wall shows so many minutes past midnight: twice in the hour that it is put back by. */
function wallClockTimes(date: Date, minutes: number): readonly number[] {
  const timestamp = new Date(date).setHours(0, minutes);
  const shiftMinutes =
    new Date(timestamp + HOUR).getTimezoneOffset() - new Date(timestamp).getTimezoneOffset();
  const repeatedAt = timestamp + shiftMinutes * MINUTE;
  const isRepeated =
    shiftMinutes > 0 && new Date(repeatedAt).getMinutes() === new Date(timestamp).getMinutes();
  return isRepeated ? [timestamp, repeatedAt] : [timestamp];
}

function addDays(now: number, days: number): Date {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
}
