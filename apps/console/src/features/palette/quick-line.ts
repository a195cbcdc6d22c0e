import { fold } from '@lampboard/board';
import type { SettableState } from '@lampboard/protocol';
import { type StateMatch, type stateNames, stateOf } from './state-words.ts';
import { type FoundSubtype, findSubtype, lastSubtype } from './subtype-words.ts';
import {
  type FoundTime,
  type Overlooked,
  type TimeInLine,
  type TimeOptions,
  firstTime,
  lastTime,
  overlookedTime,
} from './time-in-line.ts';
import { type Token, spanText, tokensOf } from './tokens.ts';

/** What a line such as `sel away #Lunch 14:00 at the dentist` wants: who is to be set to what. */
export interface QuickLine {
  /** The words that find the person. */
  readonly who: string;
  readonly state: SettableState;
  readonly subtype: string;
  /** Null where no return time was read. */
  readonly time: TimeInLine | null;
  /** What stands where a return time would, looks like one and is none: `25:99`. Nothing is set then. */
  readonly unread: string | null;
  /** What is in the message and may have been meant as a return time. */
  readonly overlooked: Overlooked | null;
  /** As it was typed. */
  readonly message: string;
}

interface QuickLineOptions extends TimeOptions {
  readonly names: ReturnType<typeof stateNames>;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  readonly isName: (words: readonly string[], whole: boolean) => boolean;
  /** The subtypes that are known, the most frequent first. */
  readonly subtypes: () => readonly string[];
}

/** `25:99`, `13pm`, `-30m`; a plain number may begin a message. */
const LOOKS_LIKE_TIME = /^(?:\d{1,2}[:.]\d{2}(?:am|pm|[hm])?|\d{1,4}(?:am|pm|[hm])|-\d.*)$/iu;

/**
 * Reads a line: words that find a person, a state, then, in any order, a `#subtype` and a return time, and for the rest
 * the message; either may stand behind the message, too. Null where no state follows any word: the line then only
 * searches. A word that is part of somebody's name is no state.
 */
export function parseQuickLine(line: string, options: QuickLineOptions): QuickLine | null {
  const tokens = tokensOf(line);
  const found = findState(
    tokens.map(({ text }) => fold(text)),
    options,
  );
  if (found === null) return null;
  const { place, state } = found;
  const who = line.slice(0, tokens[place]?.start).trim();
  // Who is available is back: their line has no return time.
  const rest = readRest(line, tokens.slice(place + state.tokens), options, state.state !== 'available');
  return { who, state: state.state, ...rest };
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

/** What follows the person and the state. */
function readRest(
  line: string,
  tokens: readonly Token[],
  options: QuickLineOptions,
  hasTime: boolean,
): Omit<QuickLine, 'who' | 'state'> {
  let rest = tokens;
  let subtype: FoundSubtype | null = null;
  let time: FoundTime | null = null;
  const wantsTime = () => hasTime && time === null;
  for (let taken = -1; taken !== 0; rest = rest.slice(taken)) {
    const named: FoundSubtype | null = subtype === null ? findSubtype(line, rest, options.subtypes) : null;
    const first: FoundTime | null = named === null && wantsTime() ? firstTime(line, rest, options) : null;
    subtype ??= named;
    time ??= first;
    taken = (named ?? first)?.tokens ?? 0;
  }
  const [begins] = rest;
  const unread = wantsTime() && begins !== undefined && isNoTime(begins.text, options) ? begins.text : null;
  const whole = rest;
  for (let taken = -1; taken !== 0 && unread === null; rest = rest.slice(0, rest.length - taken)) {
    const named: FoundSubtype | null = subtype === null ? lastSubtype(line, rest, options.subtypes) : null;
    const last: FoundTime | null = named === null && wantsTime() ? lastTime(line, rest, options) : null;
    subtype ??= named;
    time ??= last;
    taken = (named ?? last)?.tokens ?? 0;
  }
  const message = spanText(line, rest);
  return {
    subtype: subtype?.subtype ?? '',
    time: time?.time ?? null,
    unread,
    overlooked: time === null && unread === null ? overlookedTime(line, rest, options) : null,
    message: rest === whole ? message : message.replace(/[\s,;:–-]+$/u, ''),
  };
}

function isNoTime(text: string, { readTime, isPlain }: QuickLineOptions): boolean {
  return LOOKS_LIKE_TIME.test(text) && readTime(text) === null && !isPlain(text);
}
