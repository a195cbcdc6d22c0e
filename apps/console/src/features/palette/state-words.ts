import { fold } from '@lampboard/board';
import { SETTABLE_STATES, type SettableState } from '@lampboard/protocol';
import { type Translate, translateEnglish } from '../../i18n/translate.ts';

/** A name of a state, as the words that it is made of, folded. */
interface StateName {
  readonly state: SettableState;
  readonly words: readonly string[];
}

export interface StateMatch {
  readonly state: SettableState;
  /** So many tokens say it. */
  readonly tokens: number;
  /** They say it whole, not only how it begins. */
  readonly whole: boolean;
}

/** Letters from which on the beginning of a name stands for it. */
const SHORTEST = 2;

/** Every name that the states have in the page's language and in English. */
export function stateNames(t: Translate): readonly StateName[] {
  return [t, translateEnglish].flatMap((language) =>
    SETTABLE_STATES.flatMap((state) =>
      [language(`presence.${state}`), language(`palette.state.${state}`)].map((name) => ({
        state,
        words: fold(name).split(/\s+/u),
      })),
    ),
  );
}

/** The state that the first of these folded tokens say: by a name, by the beginning of one state's names, or by its key. */
export function stateOf(tokens: readonly string[], names: readonly StateName[]): StateMatch | null {
  const [first = ''] = tokens;
  const byKey = /^[1-6]$/u.test(first) ? SETTABLE_STATES[Number(first) - 1] : undefined;
  if (byKey !== undefined) return { state: byKey, tokens: 1, whole: true };

  const said = names.filter(({ words }) => words.every((word, place) => word === tokens[place]));
  const longest = said.toSorted((a, b) => b.words.length - a.words.length)[0];
  if (longest !== undefined) return { state: longest.state, tokens: longest.words.length, whole: true };

  if (first.length < SHORTEST) return null;
  const begun = new Set(names.filter(({ words }) => words[0]?.startsWith(first)).map(({ state }) => state));
  const [state] = begun;
  return state !== undefined && begun.size === 1 ? { state, tokens: 1, whole: false } : null;
}
