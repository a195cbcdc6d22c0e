import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import type { ReturnTime, SettableState } from '@lampboard/protocol';
import { type presenceAliases, matchState, type CommandTemplate, matchTemplate } from './presence-aliases.ts';
import { type FoundSubtype, findSubtype, lastSubtype } from './find-subtype.ts';
import {
  type FoundTime,
  type PossibleTime,
  type ParsedTime,
  type TimeParseOptions,
  leadingTime,
  trailingTime,
  findPossibleTime,
} from './find-return-time.ts';
import { type Token, spanText, tokenize } from './tokens.ts';

/** What a line such as `sel away #Lunch 14:00 at the dentist` wants: who is to be set to what. */
export interface PresenceCommand {
  /** The words that find the person. */
  readonly personQuery: string;
  readonly state: SettableState;
  /** The name of the template that says what the line does not; null without one. */
  readonly template: string | null;
  readonly subtype: string;
  readonly returnTime: ReturnTime | null;
  /** Null where no return time was read. */
  readonly time: ParsedTime | null;
  /** What stands where a return time would, looks like one and is none: `25:99`. Nothing is set then. */
  readonly invalidTime: string | null;
  /** What is in the message and may have been meant as a return time. */
  readonly possibleTime: PossibleTime | null;
  /** As it was typed. */
  readonly message: string;
  /** Whether it says anything about the text, be it `""` for none; else the person's own may stay. */
  readonly hasText: boolean;
}

interface ParseOptions extends TimeParseOptions {
  readonly names: ReturnType<typeof presenceAliases>;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  readonly isPartOfName: (words: readonly string[], isComplete: boolean) => boolean;
  /** The subtypes that are known, the most frequent first. */
  readonly subtypes: () => readonly string[];
  readonly templates: readonly CommandTemplate[];
}

/** A message that says that there is none. */
export const NO_TEXT = '""';
/** A state or template has so many words at most, and so many come before it. */
const MAX_WORDS = 8;
/** `25:99`, `13pm`, `-30m`; a plain number may begin a message. */
const TIME_LIKE = /^(?:\d{1,2}[:.]\d{2}(?:am|pm|[hm])?|\d{1,4}(?:am|pm|[hm])|-\d.*)$/iu;

/**
 * Reads a line: words that find a person, a state, then, in any order, a `#subtype` and a return time, and for the rest
 * the message; either may stand behind the message, too. A template may stand in place of the state. Null where neither
 * follows any word: the line then only searches. A word that is part of somebody's name is none of them.
 */
export function parsePresenceCommand(line: string, options: ParseOptions): PresenceCommand | null {
  const tokens = tokenize(line);
  const found = findStart(
    tokens.map(({ text }) => normalizeText(text)),
    options,
  );
  if (found === null) return null;
  const { index, template, state } = found;
  const personQuery = line.slice(0, tokens[index]?.start).trim();
  // Who is available is back: their line has no return time.
  const rest = parseRest(line, tokens.slice(index + found.tokens), options, state !== 'available');
  const hasText = rest.subtype !== '' || rest.message !== '';
  const message = rest.message || (template?.message ?? '');
  const typedReturnTime =
    rest.time === null
      ? null
      : { at: rest.time.timestamp, thenState: template?.returnTime?.thenState ?? null };
  return {
    personQuery,
    state,
    template: template?.name ?? null,
    ...rest,
    subtype: rest.subtype || (template?.subtype ?? ''),
    message: message === NO_TEXT ? '' : message,
    returnTime: typedReturnTime ?? (state === 'available' ? null : (template?.returnTime ?? null)),
    hasText: hasText || template !== null,
  };
}

/** Where the person's words end, and the state that follows, itself or as a template. */
interface CommandStart {
  readonly index: number;
  readonly tokens: number;
  readonly state: SettableState;
  readonly template: CommandTemplate | null;
}

/** The longer of both counts, and of two equally long ones the state. */
function findStart(
  tokens: readonly string[],
  { names, templates, isPartOfName }: ParseOptions,
): CommandStart | null {
  for (let index = 1; index < tokens.length; index += 1) {
    const rest = tokens.slice(index, index + MAX_WORDS);
    const isInName = (isComplete: boolean) => isPartOfName(tokens.slice(0, index + 1), isComplete);
    const state = matchState(rest, names);
    const templateMatch = index > MAX_WORDS ? null : matchTemplate(rest, templates);
    const template =
      templateMatch !== null && (templateMatch.isComplete || state === null) ? templateMatch : null;
    if (template !== null && template.tokens > (state?.tokens ?? 0) && !isInName(true)) {
      return { index, tokens: template.tokens, state: template.template.state, template: template.template };
    }
    if (state !== null && !isInName(state.isComplete)) return { index, ...state, template: null };
  }
  return null;
}

/** How an end of the line is read, and what is left without so many of its tokens. */
interface LineEnd {
  readonly matchSubtype: typeof findSubtype;
  readonly matchTime: typeof leadingTime;
  readonly drop: (tokens: readonly Token[], count: number) => readonly Token[];
}

const AT_START: LineEnd = {
  matchSubtype: findSubtype,
  matchTime: leadingTime,
  drop: (tokens, count) => tokens.slice(count),
};
const AT_END: LineEnd = {
  matchSubtype: lastSubtype,
  matchTime: trailingTime,
  drop: (tokens, count) => tokens.slice(0, tokens.length - count),
};

/** What follows the person and the state. */
function parseRest(
  line: string,
  tokens: readonly Token[],
  options: ParseOptions,
  hasTime: boolean,
): Omit<PresenceCommand, 'personQuery' | 'state' | 'template' | 'returnTime' | 'hasText'> {
  let rest = tokens;
  const found: { subtype: FoundSubtype | null; time: FoundTime | null } = { subtype: null, time: null };
  const needsTime = () => hasTime && found.time === null;
  /** Takes subtype and return time off one end, each once, in any order. */
  const consume = ({ matchSubtype, matchTime, drop }: LineEnd) => {
    for (let consumed = -1; consumed !== 0; rest = drop(rest, consumed)) {
      const subtype = found.subtype === null ? matchSubtype(line, rest, options.subtypes) : null;
      const time = subtype === null && needsTime() ? matchTime(line, rest, options) : null;
      found.subtype ??= subtype;
      found.time ??= time;
      consumed = (subtype ?? time)?.tokens ?? 0;
    }
  };
  consume(AT_START);
  const [first] = rest;
  const invalidTime =
    needsTime() && first !== undefined && isInvalidTime(first.text, options) ? first.text : null;
  const afterStart = rest;
  if (invalidTime === null) consume(AT_END);
  const { subtype, time } = found;
  const message = spanText(line, rest);
  return {
    subtype: subtype?.subtype ?? '',
    time: time?.time ?? null,
    invalidTime,
    possibleTime: time === null && invalidTime === null ? findPossibleTime(line, rest, options) : null,
    message: rest === afterStart ? message : message.replace(/[\s,;:–-]+$/u, ''),
  };
}

function isInvalidTime(text: string, { parseTime, isLiteral }: ParseOptions): boolean {
  return TIME_LIKE.test(text) && parseTime(text) === null && !isLiteral(text);
}
