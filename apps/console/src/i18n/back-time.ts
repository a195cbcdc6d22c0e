import { BACK_AHEAD_MS } from '@lampboard/protocol';
import { daysOf } from './back-day.ts';
import { afterWhile, nextTimeOfDay } from './back-plan.ts';
import { type BackWords, UNITS, createBackWords } from './back-words.ts';
import { type Translate, translateEnglish } from './translate.ts';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;
const NOON = 12;
/** A day without a time, in minutes since midnight. */
const MORNING = 9 * HOUR_MINUTES;
/** From here on `14h` is a time of the day, below it a while. */
const CLOCK_FROM = 13 * HOUR_MINUTES;

const CLOCK = [
  /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?(?: h)?$/u,
  /^(?<hour>\d{1,2}) h (?<minute>\d{2})$/u,
  /^(?<hour>\d{1,2})(?<minute>\d{2})(?: h)?$/u,
  /^(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))? (?<half>am|pm)$/u,
];
const WHILE = [
  /^(?<minutes>\d{1,4}) m$/u,
  /^(?<hours>\d{1,3}(?:[.,]\d{1,2})?) h$/u,
  /^(?<hours>\d{1,3}) h (?<minutes>\d{1,2})(?: m)?$/u,
  /^(?<hours>\d{1,2}):(?<minutes>\d{2}) h$/u,
];
const MARKED_WHILE = [/^(?<minutes>\d{1,4})$/u, /^(?<hours>\d{1,2}):(?<minutes>\d{2})$/u];

/**
 * A return time as people type it, in the page's language or in English, in the local time zone: a time of the day
 * (`14`, `1400`, `2:30 pm`), a while (`30 min`, `1h30`, `+45`), a day (`tomorrow`, `Fri 10`, `24.12. 9:00`). A time that
 * is past today is tomorrow's; a day without one means nine. In milliseconds since 1970; null for anything else, for
 * what is past, and for what is further ahead than can be set.
 */
export function parseBackTime(text: string, now: number, t: Translate): number | null {
  const tokens = tokensOf(text);
  const languages = t.language === translateEnglish.language ? [t] : [t, translateEnglish];
  for (const language of languages) {
    const at = read(tokens, now, createBackWords(language));
    if (at !== null) return at > now && at - now <= BACK_AHEAD_MS ? at : null;
  }
  return null;
}

/** Numbers and words, apart and in lower case: `1h30` is `1 h 30`, `2 p.m.` is `2 pm`, `Fri.` is `fri`. */
function tokensOf(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/(?<!\p{L})([ap])\.\s?m(?!\p{L})\.?/gu, '$1m')
    .replace(/^\s*\+/u, '+ ')
    .replaceAll(/\d(?=\p{L})|\p{L}(?=\d)/gu, '$& ')
    .replaceAll(/(?<=\p{L})[.,]+(?=\s|$)|,(?=\s|$)/gu, '')
    .split(/\s+/u)
    .filter((token) => token !== '');
}

function read(given: readonly string[], now: number, words: BackWords): number | null {
  const [first = '', ...rest] = given;
  if (words.after.has(first)) return whileOf(rest, now, words, { marked: true });
  const tokens = given.filter((token, place) => place === given.length - 1 || !words.fillers.has(token));
  const after = whileOf(tokens, now, words, { marked: false });
  if (after !== null) return after;
  const time = timeOf(tokens, words);
  return time === null ? dayAndTime(tokens, now, words) : nextTimeOfDay(now, time);
}

/** A day, and perhaps a time before or after it. */
function dayAndTime(tokens: readonly string[], now: number, words: BackWords): number | null {
  const on = (day: readonly string[], clock: readonly string[]) => {
    const minutes = clock.length === 0 ? MORNING : timeOf(clock, words);
    if (minutes === null) return null;
    const times = daysOf(day, new Date(now), words).map((date) => date.setHours(0, minutes));
    return times.find((at) => at > now) ?? null;
  };
  for (let split = tokens.length; split > 0; split -= 1) {
    const at =
      on(tokens.slice(0, split), tokens.slice(split)) ?? on(tokens.slice(split), tokens.slice(0, split));
    if (at !== null) return at;
  }
  return null;
}

/** Minutes since midnight; null where it is no time of the day. */
function timeOf(tokens: readonly string[], { clock }: BackWords): number | null {
  const text = tokens.map((token) => (clock.has(token) ? 'h' : token)).join(' ');
  const match = CLOCK.map((form) => form.exec(text)).find((found) => found !== null)?.groups;
  if (match === undefined) return null;
  const { half } = match;
  const hour = Number(match['hour']);
  const minute = Number(match['minute'] ?? 0);
  if (minute >= HOUR_MINUTES || hour >= 24) return null;
  if (half === undefined) return hour * HOUR_MINUTES + minute;
  if (hour === 0 || hour > NOON) return null;
  return ((hour % NOON) + (half === 'pm' ? NOON : 0)) * HOUR_MINUTES + minute;
}

/** A while from now, in milliseconds since 1970; where it is `marked` as one, bare minutes will do. */
function whileOf(tokens: readonly string[], now: number, words: BackWords, { marked }: { marked: boolean }) {
  const unitOf = (token: string) => UNITS.find((unit) => words.units[unit].has(token));
  const text = tokens.map((token) => unitOf(token)?.at(0) ?? token).join(' ');
  const days = /^(?<count>\d{1,3}) (?<unit>[dw])$/u.exec(text)?.groups;
  if (days !== undefined) {
    const date = new Date(now);
    return date.setDate(date.getDate() + Number(days['count']) * (days['unit'] === 'w' ? 7 : 1));
  }
  const forms = marked ? [...WHILE, ...MARKED_WHILE] : WHILE;
  const match = forms.map((form) => form.exec(text)).find((found) => found !== null)?.groups;
  if (match === undefined) return null;
  const minutes =
    Number((match['hours'] ?? '0').replace(',', '.')) * HOUR_MINUTES + Number(match['minutes'] ?? 0);
  const isClock = !marked && minutes >= CLOCK_FROM && tokens.some((token) => words.clock.has(token));
  return isClock ? null : afterWhile(now, minutes * MINUTE);
}
