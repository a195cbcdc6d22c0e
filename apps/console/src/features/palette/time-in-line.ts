import type { ReturnTimeReading } from '../../i18n/return-times/read.ts';
import { type Token, spanText } from './tokens.ts';

/** A place in a line. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A return time that was read in a line; `at` and `other` are milliseconds since 1970. */
export interface TimeInLine extends Span, Omit<ReturnTimeReading, 'sureness'> {}

/** Words that may have been meant as a return time; `at` is how they would be read, null where they cannot be. */
export interface Overlooked extends Span {
  readonly at: number | null;
}

export interface TimeOptions {
  /** A return time as people say it; null for anything else. */
  readonly readTime: (text: string) => ReturnTimeReading | null;
  /** Whether a number before this word counts it. */
  readonly isCounted: (word: string) => boolean;
  /** Finds what speaks of a time and says none: `in a bit`. */
  readonly vague: RegExp;
  /** Whether these words are to stay text, whatever they look like. */
  readonly isPlain: (text: string) => boolean;
}

/** A return time has so many words at most: `back on Monday, 30 November 2026 at 3 pm`. */
const MAX_WORDS = 9;
/** So many words are searched at most for a time that was not read. */
const MAX_SEARCHED = 60;
const ENDS_IN_NUMBER = /(?<![:.\d])\d{1,4}$/u;
/** Hardly anybody returns at 11:04 sharp: `forward to 1104`. */
const LIKE_AN_EXTENSION = /^\d{2,3}[1-46-9]$/u;
const LIKE_A_CLOCK = /(?<![\d.:])\d{1,2}[:.]\d{2}(?![\d.:])(?:\s?[ap]m)?/iu;
/** A message that is only a number may be meant as minutes: `away 45`. */
const LONE_NUMBER = /^\d{1,3}$/u;

export interface FoundTime {
  readonly time: TimeInLine;
  readonly tokens: number;
}

/** The return time that the words begin with, as long as it can be, where they mean one for sure. */
export function firstTime(line: string, tokens: readonly Token[], options: TimeOptions): FoundTime | null {
  const first = longestRun(line, tokens, options, 'first', ({ sureness }, count) => {
    const [last = '', next = '#'] = tokens.slice(count - 1).map(({ text }) => text);
    if (next.startsWith('#')) return true;
    if (sureness === 'word' || LIKE_AN_EXTENSION.test(last)) return false;
    return !(ENDS_IN_NUMBER.test(last) && options.isCounted(next));
  });
  return first === null || options.isPlain(first.time.text) ? null : first;
}

/** The return time that the words end with: `room 3` is none. */
export function lastTime(line: string, tokens: readonly Token[], options: TimeOptions): FoundTime | null {
  const isExtension = LIKE_AN_EXTENSION.test(tokens.at(-1)?.text ?? '');
  const last = longestRun(
    line,
    tokens,
    options,
    'last',
    ({ sureness }) => sureness === 'sure' && !isExtension,
  );
  return last === null || options.isPlain(last.time.text) ? null : last;
}

function longestRun(
  line: string,
  tokens: readonly Token[],
  { readTime }: TimeOptions,
  from: 'first' | 'last',
  isMeant: (reading: ReturnTimeReading, count: number) => boolean,
): FoundTime | null {
  for (let count = Math.min(MAX_WORDS, tokens.length); count > 0; count -= 1) {
    const span = spanOf(line, from === 'first' ? tokens.slice(0, count) : tokens.slice(-count));
    const reading = readTime(span.text);
    if (reading === null || !isMeant(reading, count)) continue;
    return { time: { ...span, at: reading.at, other: reading.other }, tokens: count };
  }
  return null;
}

/** The first words of a message that may have been meant as a return time. */
export function overlookedTime(
  line: string,
  tokens: readonly Token[],
  options: TimeOptions,
): Overlooked | null {
  const searched = tokens.slice(0, MAX_SEARCHED);
  const { text: whole, start } = spanOf(line, searched);
  let text = whole;
  let place = 0;
  while (place < searched.length) {
    const rest = searched.slice(place);
    const isFirst = place === 0;
    const meant = longestRun(line, rest, options, 'first', ({ sureness }, count) => {
      if (LIKE_AN_EXTENSION.test(rest[count - 1]?.text ?? '')) return false;
      return sureness === 'sure' || count === rest.length || (isFirst && sureness === 'number');
    });
    if (meant !== null && !options.isPlain(meant.time.text)) return meant.time;
    if (meant !== null) text = text.replace(meant.time.text, (plain) => ' '.repeat(plain.length));
    place += meant?.tokens ?? 1;
  }
  for (const form of [LIKE_A_CLOCK, LONE_NUMBER, options.vague]) {
    const match = form.exec(text);
    if (match === null || options.isPlain(match[0])) continue;
    const from = start + match.index;
    return { text: match[0], start: from, end: from + match[0].length, at: null };
  }
  return null;
}

function spanOf(line: string, tokens: readonly Token[]): Span {
  return { text: spanText(line, tokens), start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
