import { BACK_AHEAD_MS } from '@lampboard/protocol';
import type { Translate } from '../translate.ts';
import { type Clock, PARTS, clockOf, partOf } from './clock.ts';
import { daysOf } from './days.ts';
import { type Vocabulary, vocabularyOf } from './symbols.ts';
import { endOfWhile } from './while.ts';

/** A day without a time, in minutes since midnight. */
const MORNING: Clock = { minutes: [9 * 60], others: [] };
const WEEK_DAYS = 7;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A return time that was read; times are milliseconds since 1970. */
export interface ReturnTimeReading {
  readonly at: number;
  /** What else could be meant, such as three o’clock at night; null where nothing else could. */
  readonly other: number | null;
  /** How surely the text means a time: a `number` may count what follows, a `word` (`two`, `sat`) may be one of a sentence. */
  readonly sureness: 'sure' | 'number' | 'word';
}

/** Parts of the day that are words of any sentence. */
const DAILY: ReadonlySet<string> = new Set([
  'day0',
  'morning',
  'lunch-hour',
  'afternoon',
  'evening',
  'night',
]);

type Times = Pick<ReturnTimeReading, 'at' | 'other'>;

/**
 * A return time as people say it, in any of the languages, in the local time zone: a time of the day (`14`, `1400`,
 * `half past two`, `halb drei`), a while (`30 min`, `an hour and a half`), a day with or without a time (`tomorrow`,
 * `Fri 10`, `24.12. 9:00`, `heute Nachmittag`). An hour from 1 to 11 without a leading zero or half of the day is meant
 * between 7:00 and 19:00; a time that is past today is tomorrow’s; a day without a time means nine. Null for anything else, for what
 * is past, and for what is further ahead than can be set.
 */
export function readReturnTime(text: string, now: number, t: Translate): ReturnTimeReading | null {
  const vocabulary = vocabularyOf(t);
  if (!vocabulary.knows(text)) return null;
  const symbols = vocabulary.symbolsOf(text);
  const times = timesOf(symbols, now, vocabulary);
  if (times === null || !isAhead(times.at, now)) return null;
  const other = times.other !== null && isAhead(times.other, now) ? times.other : null;
  return { at: times.at, other, sureness: surenessOf(symbols, text) };
}

const isAhead = (at: number, now: number) => at > now && at - now <= BACK_AHEAD_MS;

function surenessOf(symbols: readonly string[], text: string): ReturnTimeReading['sureness'] {
  const saying = symbols.filter((symbol) => symbol !== '+' && symbol !== '~');
  const [first = '', ...more] = /^to\s/iu.test(text) ? saying.slice(1) : saying;
  if (more.length > 0) return 'sure';
  if (/^#|\?$/u.test(first) || DAILY.has(first)) return 'word';
  if (!/^\d+$/u.test(first)) return 'sure';
  return /\d/u.test(text) ? 'number' : 'word';
}

function timesOf(given: readonly string[], now: number, vocabulary: Vocabulary): Times | null {
  const last = given.at(-1) ?? '';
  if (/^(?:~(?:on)?|@|\+{1,2})$/u.test(last)) return null;
  const symbols = withoutStart(given).filter((symbol) => !/^[~@]/u.test(symbol));
  const [first = '', ...rest] = symbols;
  if (first === '+' || first === '++') {
    const at = endOfWhile(rest, now, first === '+' ? 'minutes' : 'while');
    return at === null ? null : { at, other: null };
  }
  // “After three” is three.
  const said = first === 'past' || first === 'to' ? rest : symbols;
  const at = endOfWhile(said, now, 'not');
  return at === null ? dayAndClock(said, now, vocabulary) : { at, other: null };
}

/** Of weekdays “from … to …” the last counts. */
function withoutStart(symbols: readonly string[]): readonly string[] {
  const isDay = (symbol = '') => symbol.startsWith('wd');
  const to = symbols.findIndex(
    (symbol, place) => /^(?:to|@)$/u.test(symbol) && isDay(symbols[place - 1]) && isDay(symbols[place + 1]),
  );
  return symbols.slice(to + 1);
}

/** A time of the day, a day, a part of a day, or several of these in any order. */
function dayAndClock(symbols: readonly string[], now: number, { monthFirst }: Vocabulary): Times | null {
  const part = symbols.find((symbol) => Object.hasOwn(PARTS, symbol)) ?? null;
  const rest = symbols.filter((symbol) => symbol !== part);
  if (symbols.length - rest.length > 1) return null;
  if (part === null && rest.length === 0) return null;
  const whole = part === null ? MORNING : partOf(part);
  for (let split = rest.length; split >= 0; split -= 1) {
    const halves = [rest.slice(0, split), rest.slice(split)] as const;
    for (const [day, time] of [halves, halves.toReversed()]) {
      const clock = time.length === 0 ? whole : clockOf(time, part);
      const times = clock === null ? null : timesOn(day, clock, now, monthFirst);
      if (times !== null) return times;
    }
  }
  return null;
}

/** On the nearest of these days, or without any today or tomorrow: the first moment to come. */
function timesOn(day: readonly string[], clock: Clock, now: number, monthFirst: boolean): Times | null {
  const { days, orWeekLater } =
    day.length === 0
      ? { days: [dayAfter(now, 0), dayAfter(now, 1)], orWeekLater: false }
      : daysOf(day, new Date(now), monthFirst);
  const nextOf = (minutes: readonly number[], days: readonly Date[], but?: number) =>
    days
      .flatMap((date) => minutes.flatMap((minute) => timesAt(date, minute).map((at) => ({ date, at }))))
      .find(({ at }) => at > now && at !== but);
  const meant = nextOf(clock.minutes, days);
  if (meant === undefined) return null;
  if (orWeekLater)
    return { at: meant.at, other: new Date(meant.at).setDate(new Date(meant.at).getDate() + WEEK_DAYS) };
  const other = nextOf(clock.others, day.length === 0 ? days : [meant.date], meant.at);
  return { at: meant.at, other: other?.at ?? null };
}

/** When the clock on the wall shows so many minutes past midnight: twice in the hour that it is put back by. */
function timesAt(date: Date, minutes: number): readonly number[] {
  const at = new Date(date).setHours(0, minutes);
  const back = new Date(at + HOUR).getTimezoneOffset() - new Date(at).getTimezoneOffset();
  const again = at + back * MINUTE;
  const isTwice = back > 0 && new Date(again).getMinutes() === new Date(at).getMinutes();
  return isTwice ? [at, again] : [at];
}

function dayAfter(now: number, days: number): Date {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
}
