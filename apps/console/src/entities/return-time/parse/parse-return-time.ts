import { MAX_RETURN_TIME_AHEAD_MS } from '@lampboard/protocol';
import type { Translate } from '../../../i18n/translate.ts';
import { type TimeOfDay, DAY_PARTS, parseTimeOfDay, dayPartTime } from './time-of-day.ts';
import { addDays, parseDays } from './dates.ts';
import { type Vocabulary, vocabularyOf } from './tokens.ts';
import { endOfDuration } from './relative-time.ts';

/** The default time of a day. */
const MORNING: TimeOfDay = { minutes: [9 * 60], alternatives: [] };
const WEEK_DAYS = 7;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A parsed return time; timestamps in milliseconds since 1970. */
export interface ParsedReturnTime {
  readonly timestamp: number;
  /** Another interpretation, such as 3:00 at night; null without one. */
  readonly alternative: number | null;
  /** `number`: the number may count what follows. `word`: the word (`two`, `sat`) may belong to a sentence. */
  readonly confidence: 'sure' | 'number' | 'word';
}

/** Words that occur in any sentence. */
const AMBIGUOUS_DAY_PART = /^(?:day0|morning|lunch-hour|afternoon|evening|night)$/u;

type Times = Pick<ParsedReturnTime, 'timestamp' | 'alternative'>;

/**
 * Parses a return time in any supported language, in the local time zone: a time of day (`14`, `1400`, `half past
 * two`, `halb drei`), a duration (`30 min`, `an hour and a half`), or a day with or without a time (`tomorrow`, `Fri
 * 10`, `24.12. 9:00`, `heute Nachmittag`). An hour from 1 to 11 without a leading zero or am/pm is between 7:00 and
 * 19:00; a time that has passed today is tomorrow's; a day without a time means 9:00. Returns null for anything else,
 * for the past, and beyond the maximum.
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
  if (/^#|\?$/u.test(first) || AMBIGUOUS_DAY_PART.test(first)) return 'word';
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
  // “After three” means three.
  const timeSymbols = first === 'past' || first === 'to' ? rest : symbols;
  const timestamp = endOfDuration(timeSymbols, now, 'not');
  return timestamp === null
    ? resolveDayAndTime(timeSymbols, now, vocabulary)
    : { timestamp, alternative: null };
}

/** Of “Monday to Friday”, the last day counts. */
function dropRangeStart(symbols: readonly string[]): readonly string[] {
  const isDay = (symbol = '') => symbol.startsWith('wd');
  const to = symbols.findIndex(
    (symbol, index) => /^(?:to|@)$/u.test(symbol) && isDay(symbols[index - 1]) && isDay(symbols[index + 1]),
  );
  return symbols.slice(to + 1);
}

/** Resolves a time of day, a day, a part of a day, or several of these in any order. */
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

/** Returns the first future time on these days, or on today or tomorrow without any. */
function resolveOnDays(
  day: readonly string[],
  timeOfDay: TimeOfDay,
  now: number,
  monthFirst: boolean,
): Times | null {
  const { days, orWeekLater } =
    day.length === 0
      ? { days: [0, 1].map((offset) => addDays(new Date(now), offset)), orWeekLater: false }
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

/** Returns the timestamps of a local time: two in the hour that repeats when daylight saving time ends. */
function wallClockTimes(date: Date, minutes: number): readonly number[] {
  const timestamp = new Date(date).setHours(0, minutes);
  const shiftMinutes =
    new Date(timestamp + HOUR).getTimezoneOffset() - new Date(timestamp).getTimezoneOffset();
  const repeatedAt = timestamp + shiftMinutes * MINUTE;
  const isRepeated =
    shiftMinutes > 0 && new Date(repeatedAt).getMinutes() === new Date(timestamp).getMinutes();
  return isRepeated ? [timestamp, repeatedAt] : [timestamp];
}
