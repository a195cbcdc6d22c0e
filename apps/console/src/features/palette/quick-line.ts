import { fold } from '@lampboard/board';
import type { Back, SettableState } from '@lampboard/protocol';
import { type stateNames, stateOf } from './state-words.ts';
import { type FoundSubtype, findSubtype, lastSubtype } from './subtype-words.ts';
import { type LineTemplate, templateOf } from './template-words.ts';
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
  /** The name of the template that says what the line does not; null without one. */
  readonly template: string | null;
  readonly subtype: string;
  readonly back: Back | null;
  /** Null where no return time was read. */
  readonly time: TimeInLine | null;
  /** What stands where a return time would, looks like one and is none: `25:99`. Nothing is set then. */
  readonly unread: string | null;
  /** What is in the message and may have been meant as a return time. */
  readonly overlooked: Overlooked | null;
  /** As it was typed. */
  readonly message: string;
  /** Whether it says anything about the text, be it `""` for none; else the person's own may stay. */
  readonly saysText: boolean;
}

interface QuickLineOptions extends TimeOptions {
  readonly names: ReturnType<typeof stateNames>;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  readonly isName: (words: readonly string[], whole: boolean) => boolean;
  /** The subtypes that are known, the most frequent first. */
  readonly subtypes: () => readonly string[];
  readonly templates: readonly LineTemplate[];
}

/** A message that says that there is none. */
export const NO_TEXT = '""';
/** A state or template has so many words at most, and so many come before it. */
const MAX_WORDS = 8;
/** `25:99`, `13pm`, `-30m`; a plain number may begin a message. */
const LOOKS_LIKE_TIME = /^(?:\d{1,2}[:.]\d{2}(?:am|pm|[hm])?|\d{1,4}(?:am|pm|[hm])|-\d.*)$/iu;

/**
 * Reads a line: words that find a person, a state, then, in any order, a `#subtype` and a return time, and for the rest
 * the message; either may stand behind the message, too. A template may stand in place of the state. Null where neither
 * follows any word: the line then only searches. A word that is part of somebody's name is none of them.
 */
export function parseQuickLine(line: string, options: QuickLineOptions): QuickLine | null {
  const tokens = tokensOf(line);
  const found = findStart(
    tokens.map(({ text }) => fold(text)),
    options,
  );
  if (found === null) return null;
  const { place, template, state } = found;
  const who = line.slice(0, tokens[place]?.start).trim();
  // Who is available is back: their line has no return time.
  const rest = readRest(line, tokens.slice(place + found.tokens), options, state !== 'available');
  const saysText = rest.subtype !== '' || rest.message !== '';
  const message = rest.message || (template?.message ?? '');
  const typed = rest.time === null ? null : { at: rest.time.at, next: template?.back?.next ?? null };
  return {
    who,
    state,
    template: template?.name ?? null,
    ...rest,
    subtype: rest.subtype || (template?.subtype ?? ''),
    message: message === NO_TEXT ? '' : message,
    back: typed ?? (state === 'available' ? null : (template?.back ?? null)),
    saysText: saysText || template !== null,
  };
}

/** Where the person's words end, and the state that follows, itself or as a template. */
interface Start {
  readonly place: number;
  readonly tokens: number;
  readonly state: SettableState;
  readonly template: LineTemplate | null;
}

/** The longer of both counts, and of two equally long ones the state. */
function findStart(tokens: readonly string[], { names, templates, isName }: QuickLineOptions): Start | null {
  for (let place = 1; place < tokens.length; place += 1) {
    const rest = tokens.slice(place, place + MAX_WORDS);
    const isNamed = (whole: boolean) => isName(tokens.slice(0, place + 1), whole);
    const state = stateOf(rest, names);
    const named = place > MAX_WORDS ? null : templateOf(rest, templates);
    const template = named !== null && (named.whole || state === null) ? named : null;
    if (template !== null && template.tokens > (state?.tokens ?? 0) && !isNamed(true)) {
      return { place, tokens: template.tokens, state: template.template.state, template: template.template };
    }
    if (state !== null && !isNamed(state.whole)) return { place, ...state, template: null };
  }
  return null;
}

/** How an end of the line is read, and what is left without so many of its tokens. */
interface End {
  readonly subtypeAt: typeof findSubtype;
  readonly timeAt: typeof firstTime;
  readonly without: (tokens: readonly Token[], count: number) => readonly Token[];
}

const FRONT: End = {
  subtypeAt: findSubtype,
  timeAt: firstTime,
  without: (tokens, count) => tokens.slice(count),
};
const BACK: End = {
  subtypeAt: lastSubtype,
  timeAt: lastTime,
  without: (tokens, count) => tokens.slice(0, tokens.length - count),
};

/** What follows the person and the state. */
function readRest(
  line: string,
  tokens: readonly Token[],
  options: QuickLineOptions,
  hasTime: boolean,
): Omit<QuickLine, 'who' | 'state' | 'template' | 'back' | 'saysText'> {
  let rest = tokens;
  const found: { subtype: FoundSubtype | null; time: FoundTime | null } = { subtype: null, time: null };
  const wantsTime = () => hasTime && found.time === null;
  /** Takes subtype and return time off one end, each once, in any order. */
  const takeFrom = ({ subtypeAt, timeAt, without }: End) => {
    for (let taken = -1; taken !== 0; rest = without(rest, taken)) {
      const subtype = found.subtype === null ? subtypeAt(line, rest, options.subtypes) : null;
      const time = subtype === null && wantsTime() ? timeAt(line, rest, options) : null;
      found.subtype ??= subtype;
      found.time ??= time;
      taken = (subtype ?? time)?.tokens ?? 0;
    }
  };
  takeFrom(FRONT);
  const [begins] = rest;
  const unread = wantsTime() && begins !== undefined && isNoTime(begins.text, options) ? begins.text : null;
  const whole = rest;
  if (unread === null) takeFrom(BACK);
  const { subtype, time } = found;
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
