import type { Extension } from '@lampboard/protocol';
import { normalizeText } from './normalize-text.ts';
import { BY_NUMBER } from './order.ts';

interface NormalizedExtension {
  /** The number, and the further ones. */
  readonly numbers: readonly string[];
  readonly personText: string;
  readonly presenceText: string;
}

export interface SearchResults {
  /** By rank, then in the given order. */
  readonly ids: readonly string[];
  /** The result that Enter opens; null without results. */
  readonly bestMatch: string | null;
}

/** By exact number, by prefixes of words, inside number or name, or in the presence. */
type Rank = 'exact-number' | 'name-prefix' | 'name-contains' | 'text';
const RANKS: readonly Rank[] = ['exact-number', 'name-prefix', 'name-contains', 'text'];

export interface SearchResult {
  readonly extension: Extension;
  readonly rank: Rank;
}

/** Splits a query into normalized terms, all of which must match. */
export const searchTerms = (query: string): readonly string[] =>
  normalizeText(query).split(/\s+/u).filter(Boolean);

const startsWord = (text: string, term: string) => text.startsWith(term) || text.includes(` ${term}`);

function rankOf(
  { numbers, personText, presenceText }: NormalizedExtension,
  terms: readonly string[],
): Rank | null {
  const isNumber = (term: string) => numbers.some((number) => number.includes(term));
  const isName = (term: string) => personText.includes(term) || isNumber(term);
  const isPrefix = (term: string) =>
    startsWord(personText, term) || numbers.some((number) => number.startsWith(term));
  if (!terms.every((term) => isName(term) || presenceText.includes(term))) return null;
  if (terms.length === 1 && numbers.some((number) => number === terms[0])) return 'exact-number';
  if (terms.every(isPrefix)) return 'name-prefix';
  return terms.every(isName) ? 'name-contains' : 'text';
}

type Aliases = Pick<Extension, 'aliases'>;

/** Returns the numbers of the further hints of an entry. */
export const furtherNumbers = ({ aliases = [] }: Aliases): readonly string[] => aliases.map(numberOf);

/** Returns the number of an extension's id. */
export const numberOf = (id: string): string => id.slice(0, id.lastIndexOf('@')).replace(/^[^/@]*\//u, '');

const isBetter = (a: Rank, b: Rank) => RANKS.indexOf(a) < RANKS.indexOf(b);

/** Caches normalized texts by object identity. `nameOf` returns the name that is shown. */
export function createSearch(nameOf: (extension: Extension) => string = ({ person }) => person.name) {
  const personTexts = new WeakMap<Extension['person'], Omit<NormalizedExtension, 'presenceText'> & Aliases>();
  const presenceTexts = new WeakMap<NonNullable<Extension['presence']>, string>();

  const normalizedOf = (extension: Extension): NormalizedExtension => {
    const { exten, aliases, person, presence } = extension;
    let nameAndNumber = personTexts.get(person);
    if (nameAndNumber === undefined || nameAndNumber.aliases !== aliases) {
      nameAndNumber = {
        aliases,
        numbers: [exten, ...furtherNumbers(extension)].map(normalizeText),
        personText: normalizeText(`${nameOf(extension)} ${person.department}`),
      };
      personTexts.set(person, nameAndNumber);
    }
    if (presence === null) return { ...nameAndNumber, presenceText: '' };
    let presenceText = presenceTexts.get(presence);
    if (presenceText === undefined) {
      presenceText = normalizeText(`${presence.subtype} ${presence.message}`);
      presenceTexts.set(presence, presenceText);
    }
    return { ...nameAndNumber, presenceText };
  };

  return {
    find: (query: string, extensions: Iterable<Extension>): SearchResults => {
      const terms = searchTerms(query);
      const idsOf: Readonly<Record<Rank, string[]>> = {
        'exact-number': [],
        'name-prefix': [],
        'name-contains': [],
        text: [],
      };
      for (const extension of extensions) {
        const rank = rankOf(normalizedOf(extension), terms);
        if (rank !== null) idsOf[rank].push(extension.id);
      }
      const ids = RANKS.flatMap((rank) => idsOf[rank]);
      return { ids, bestMatch: ids[0] ?? null };
    },
    /** Returns results of at least `minRank`, by rank, then by number; none without a term. */
    rank: (query: string, extensions: Iterable<Extension>, minRank: Rank = 'text') => {
      const terms = searchTerms(query);
      const results: SearchResult[] = [];
      if (terms.length === 0) return results;
      for (const extension of extensions) {
        const rank = rankOf(normalizedOf(extension), terms);
        if (rank !== null && !isBetter(minRank, rank)) results.push({ extension, rank });
      }
      return results.toSorted(
        (a, b) =>
          RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || BY_NUMBER.compare(a.extension, b.extension),
      );
    },
  };
}
