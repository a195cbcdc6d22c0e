import { fold } from '@lampboard/board';
import type { SettableState } from '@lampboard/protocol';
import { type StateMatch, type stateNames, stateOf } from './state-words.ts';

/** What a line such as `sel away #Lunch 14:00 at the dentist` wants: who is to be set to what. */
export interface QuickLine {
  /** The words that find the person. */
  readonly who: string;
  readonly state: SettableState;
  readonly subtype: string;
  /** In milliseconds since 1970; null where no return time was given. */
  readonly back: number | null;
  /** What stands where a return time would, looks like one and is none: `25:99`. Nothing is set then. */
  readonly unread: string | null;
  /** As it was typed. */
  readonly message: string;
}

interface QuickLineOptions {
  readonly names: ReturnType<typeof stateNames>;
  /** A return time as people type it, in milliseconds since 1970; null for anything else. */
  readonly backTime: (text: string) => number | null;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  readonly isName: (words: readonly string[], whole: boolean) => boolean;
  /** The subtypes in use, the most frequent first. */
  readonly subtypes: () => readonly string[];
}

interface Token {
  readonly text: string;
  /** Where it begins in the line. */
  readonly start: number;
}

/** A return time has so many words at most: `on Fri 24 December 14:00`. */
const LONGEST_TIME = 5;
/** `25:99`, `13pm`, `-30m`; a plain number may begin a message. */
const LOOKS_LIKE_TIME = /^(?:\d{1,2}[:.]\d{2}(?:am|pm|[hm])?|\d{1,4}(?:am|pm|[hm])|-\d.*)$/iu;

/**
 * Reads a line: words that find a person, a state, then, in any order, a `#subtype` and a return time, and for the rest
 * the message. Null where no state follows any word: the line then only searches. A word that is part of somebody's
 * name is no state.
 */
export function parseQuickLine(line: string, options: QuickLineOptions): QuickLine | null {
  const tokens = Array.from(line.matchAll(/\S+/gu), (match): Token => ({
    text: match[0],
    start: match.index,
  }));
  const found = findState(
    tokens.map(({ text }) => fold(text)),
    options,
  );
  if (found === null) return null;
  const { place, state } = found;
  const who = line.slice(0, tokens[place]?.start).trim();
  return { who, state: state.state, ...readRest(line, tokens.slice(place + state.tokens), options) };
}

function findState(
  tokens: readonly string[],
  { names, isName }: QuickLineOptions,
): { place: number; state: StateMatch } | null {
  for (let place = 1; place < tokens.length; place += 1) {
    const state = stateOf(tokens.slice(place), names);
    if (state !== null && !isName(tokens.slice(0, place + 1), state.whole)) return { place, state };
  }
  return null;
}

function readRest(
  line: string,
  tokens: readonly Token[],
  { backTime, subtypes }: QuickLineOptions,
): Omit<QuickLine, 'who' | 'state'> {
  let rest = tokens;
  let subtype = '';
  let back: number | null = null;
  for (;;) {
    const [first] = rest;
    const time: { at: number; tokens: number } | null = back === null ? timeOf(line, rest, backTime) : null;
    if (subtype === '' && first !== undefined && /^#./u.test(first.text)) {
      subtype = known(first.text.slice(1), subtypes());
      rest = rest.slice(1);
    } else if (time === null) {
      const unread =
        back === null && first !== undefined && LOOKS_LIKE_TIME.test(first.text) ? first.text : null;
      const message = first === undefined ? '' : line.slice(first.start).trimEnd();
      return { subtype, back, unread, message };
    } else {
      back = time.at;
      rest = rest.slice(time.tokens);
    }
  }
}

/** The return time that the longest run of these tokens means. */
function timeOf(line: string, tokens: readonly Token[], backTime: QuickLineOptions['backTime']) {
  const [first] = tokens;
  if (first === undefined) return null;
  for (let count = Math.min(LONGEST_TIME, tokens.length); count > 0; count -= 1) {
    const last = tokens[count - 1];
    const at = last === undefined ? null : backTime(line.slice(first.start, last.start + last.text.length));
    if (at !== null) return { at, tokens: count };
  }
  return null;
}

/** A subtype in use that begins so, else what was typed. */
function known(typed: string, inUse: readonly string[]): string {
  const begins = inUse.filter((subtype) => fold(subtype).startsWith(fold(typed)));
  return begins.find((subtype) => fold(subtype) === fold(typed)) ?? begins[0] ?? typed;
}
