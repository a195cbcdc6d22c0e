import { searchTerms } from '../../../entities/extension/select/search.ts';
import { type ReturnTime, type SettableState, SETTABLE_STATES } from '@lampboard/protocol';
import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import { type Translate, translateEnglish } from '../../../i18n/translate.ts';

/** `words` are normalized. */
interface StateAlias {
  readonly state: SettableState;
  readonly words: readonly string[];
}

const MIN_PREFIX_LENGTH = 2;

/** Returns all names of the states in the page's language and in English. */
export function presenceAliases(t: Translate): readonly StateAlias[] {
  return [t, translateEnglish].flatMap((language) =>
    SETTABLE_STATES.flatMap((state) =>
      [language(`presence.${state}`), language(`palette.alias.${state}`)].map((name) => ({
        state,
        words: normalizeText(name).split(/\s+/u),
      })),
    ),
  );
}

/** Matches the leading normalized tokens: a name (`isComplete`: the whole one), the prefix of exactly one state, or its key. */
export function matchState(tokens: readonly string[], aliases: readonly StateAlias[]) {
  const [first = ''] = tokens;
  const byKey = /^[1-6]$/u.test(first) ? SETTABLE_STATES[Number(first) - 1] : undefined;
  if (byKey !== undefined) return { state: byKey, tokens: 1, isComplete: true };

  const exactMatches = aliases.filter(({ words }) => words.every((word, index) => word === tokens[index]));
  const longest = exactMatches.toSorted((a, b) => b.words.length - a.words.length)[0];
  if (longest !== undefined) return { state: longest.state, tokens: longest.words.length, isComplete: true };

  if (first.length < MIN_PREFIX_LENGTH) return null;
  const prefixMatches = new Set(
    aliases.filter(({ words }) => words[0]?.startsWith(first)).map(({ state }) => state),
  );
  const [state] = prefixMatches;
  return state !== undefined && prefixMatches.size === 1 ? { state, tokens: 1, isComplete: false } : null;
}

/** A template with its return time resolved. */
export interface CommandTemplate {
  readonly name: string;
  readonly state: SettableState;
  readonly subtype: string;
  readonly message: string;
  readonly returnTime: ReturnTime | null;
}

const MAX_WORDS = 8;

/** Matches the leading normalized tokens: a name or whole leading words of it; after `#` any prefix. */
export function matchTemplate(tokens: readonly string[], templates: readonly CommandTemplate[]) {
  const names = templates.map((template) => ({ template, name: searchTerms(template.name).join(' ') }));
  const hasHash = tokens[0]?.startsWith('#') === true;
  for (let count = Math.min(MAX_WORDS, tokens.length); count > 0; count -= 1) {
    const typed = tokens.slice(0, count).join(' ').replace(/^#/u, '');
    if (typed === '') continue;
    const exact = names.find(({ name }) => name === typed);
    const match = exact ?? names.find(({ name }) => name.startsWith(hasHash ? typed : `${typed} `));
    if (match !== undefined) return { template: match.template, tokens: count, isComplete: match === exact };
  }
  return null;
}
