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

/** The parsed form of a line such as `sel away #Lunch 14:00 at the dentist`. */
export interface PresenceCommand {
  readonly personQuery: string;
  readonly state: SettableState;
  /** Null without a template. */
  readonly template: string | null;
  readonly subtype: string;
  readonly returnTime: ReturnTime | null;
  /** Null without a return time. */
  readonly time: ParsedTime | null;
  /** Text in the place of a return time that cannot be read, such as `25:99`; blocks sending. */
  readonly invalidTime: string | null;
  readonly possibleTime: PossibleTime | null;
  /** As typed. */
  readonly message: string;
  /** True if the line gives a text, or `""` for none; else the current one may be carried over. */
  readonly hasText: boolean;
}

interface ParseOptions extends TimeParseOptions {
  readonly names: ReturnType<typeof presenceAliases>;
  /** True if one name contains all the words, the last one as a whole word or as a prefix. */
  readonly isPartOfName: (words: readonly string[], isComplete: boolean) => boolean;
  /** The known subtypes, the most frequent first. */
  readonly subtypes: () => readonly string[];
  readonly templates: readonly CommandTemplate[];
}

/** Stands for an empty message. */
export const NO_TEXT = '""';
/** Of a state or template name, and before one. */
const MAX_WORDS = 8;
/** `25:99`, `13pm`, `-30m`; but no plain number, which may begin a message. */
const TIME_LIKE = /^(?:\d{1,2}[:.]\d{2}(?:am|pm|[hm])?|\d{1,4}(?:am|pm|[hm])|-\d.*)$/iu;

/**
 * Parses `person state|template [#subtype] [return time] [message] [#subtype] [return time]`. Returns null where no
 * state or template follows the person. A word that is part of a person's name is no state.
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
  // Available has no return time.
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

/** The position of the state or template. */
interface CommandStart {
  readonly index: number;
  readonly tokens: number;
  readonly state: SettableState;
  readonly template: CommandTemplate | null;
}

/** The longest match wins, a state before a template of the same length. */
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

function parseRest(
  line: string,
  tokens: readonly Token[],
  options: ParseOptions,
  hasTime: boolean,
): Omit<PresenceCommand, 'personQuery' | 'state' | 'template' | 'returnTime' | 'hasText'> {
  let rest = tokens;
  const found: { subtype: FoundSubtype | null; time: FoundTime | null } = { subtype: null, time: null };
  const needsTime = () => hasTime && found.time === null;
  /** Consumes a subtype and a return time at one end, each once, in any order. */
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
