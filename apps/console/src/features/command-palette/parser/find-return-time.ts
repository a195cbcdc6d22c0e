import type { ParsedReturnTime } from '../../../entities/return-time/parse/parse-return-time.ts';
import { type Token, spanText } from './tokens.ts';

export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A return time read in a line; times in milliseconds since 1970. */
export interface ParsedTime extends Span, Omit<ParsedReturnTime, 'confidence'> {}

/** Words that may be meant as a return time; `timestamp` is their reading, null without one. */
export interface PossibleTime extends Span {
  readonly timestamp: number | null;
}

export interface TimeParseOptions {
  readonly parseTime: (text: string) => ParsedReturnTime | null;
  /** True if a number before this word is a count. */
  readonly isCounted: (word: string) => boolean;
  /** Matches vague times such as `in a bit`. */
  readonly vague: RegExp;
  readonly isLiteral: (text: string) => boolean;
}

/** Of a return time: `back on Monday, 30 November 2026 at 3 pm`. */
const MAX_WORDS = 9;
const MAX_SEARCHED = 60;
const ENDS_IN_NUMBER = /(?<![:.\d])\d{1,4}$/u;
/** A number such as 1104 in `forward to 1104`, which is rarely a time. */
const LIKE_AN_EXTENSION = /^\d{2,3}[1-46-9]$/u;
const LIKE_A_CLOCK = /(?<![\d.:])\d{1,2}[:.]\d{2}(?![\d.:])(?:\s?[ap]m)?/iu;
/** A message that is only a number may mean minutes: `away 45`. */
const LONE_NUMBER = /^\d{1,3}$/u;

export interface FoundTime {
  readonly time: ParsedTime;
  readonly tokens: number;
}

/** Reads the longest unambiguous return time that the words begin with. */
export function leadingTime(
  line: string,
  tokens: readonly Token[],
  options: TimeParseOptions,
): FoundTime | null {
  const first = longestMatch(line, tokens, options, 'first', ({ confidence }, count) => {
    const [last = '', next = '#'] = tokens.slice(count - 1).map(({ text }) => text);
    if (next.startsWith('#')) return true;
    if (confidence === 'word' || LIKE_AN_EXTENSION.test(last)) return false;
    return !(ENDS_IN_NUMBER.test(last) && options.isCounted(next));
  });
  return first === null || options.isLiteral(first.time.text) ? null : first;
}

/** Reads the return time that the words end with; a bare number, as in `room 3`, is none. */
export function trailingTime(
  line: string,
  tokens: readonly Token[],
  options: TimeParseOptions,
): FoundTime | null {
  const isExtension = LIKE_AN_EXTENSION.test(tokens.at(-1)?.text ?? '');
  const last = longestMatch(
    line,
    tokens,
    options,
    'last',
    ({ confidence }) => confidence === 'sure' && !isExtension,
  );
  return last === null || options.isLiteral(last.time.text) ? null : last;
}

function longestMatch(
  line: string,
  tokens: readonly Token[],
  { parseTime }: TimeParseOptions,
  from: 'first' | 'last',
  accepts: (reading: ParsedReturnTime, count: number) => boolean,
): FoundTime | null {
  for (let count = Math.min(MAX_WORDS, tokens.length); count > 0; count -= 1) {
    const span = spanOf(line, from === 'first' ? tokens.slice(0, count) : tokens.slice(-count));
    const reading = parseTime(span.text);
    if (reading === null || !accepts(reading, count)) continue;
    return {
      time: { ...span, timestamp: reading.timestamp, alternative: reading.alternative },
      tokens: count,
    };
  }
  return null;
}

/** Finds the first words of a message that may be meant as a return time. */
export function findPossibleTime(
  line: string,
  tokens: readonly Token[],
  options: TimeParseOptions,
): PossibleTime | null {
  const searched = tokens.slice(0, MAX_SEARCHED);
  const { text: searchedText, start } = spanOf(line, searched);
  let text = searchedText;
  let index = 0;
  while (index < searched.length) {
    const rest = searched.slice(index);
    const isFirst = index === 0;
    const candidate = longestMatch(line, rest, options, 'first', ({ confidence }, count) => {
      if (LIKE_AN_EXTENSION.test(rest[count - 1]?.text ?? '')) return false;
      return confidence === 'sure' || count === rest.length || (isFirst && confidence === 'number');
    });
    if (candidate !== null && !options.isLiteral(candidate.time.text)) return candidate.time;
    if (candidate !== null) text = text.replace(candidate.time.text, (literal) => ' '.repeat(literal.length));
    index += candidate?.tokens ?? 1;
  }
  for (const form of [LIKE_A_CLOCK, LONE_NUMBER, options.vague]) {
    const match = form.exec(text);
    if (match === null || options.isLiteral(match[0])) continue;
    const from = start + match.index;
    return { text: match[0], start: from, end: from + match[0].length, timestamp: null };
  }
  return null;
}

function spanOf(line: string, tokens: readonly Token[]): Span {
  return { text: spanText(line, tokens), start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
