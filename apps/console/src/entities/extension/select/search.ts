import type { Extension } from '@lampboard/protocol';
import { normalizeText } from './normalize-text.ts';
import { BY_NUMBER } from './order.ts';

interface NormalizedExtension {
  readonly id: string;
  /** Person, each number, and presence, a line each: searching one string is faster than several. */
  readonly text: string;
  /** Where the presence starts. */
  readonly presenceStart: number;
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

/** Several times faster than `flatMap` for long lists. */
export const concatLists = ([first = [], ...others]: readonly (readonly string[])[]): readonly string[] =>
  first.concat(...others);

/** Splits a query into normalized terms, all of which must match. */
export const searchTerms = (query: string): readonly string[] =>
  normalizeText(query).split(/\s+/u).filter(Boolean);

/** Returns the rank of the worst term, or null. Runs for each extension and key, so it allocates nothing. */
function rankOf(extension: NormalizedExtension, terms: readonly string[]): Rank | null {
  let rank: Rank = terms.length === 1 ? 'exact-number' : 'name-prefix';
  for (const term of terms) {
    const termRank = rankOfTerm(extension, term);
    if (termRank === null) return null;
    if (isBetter(rank, termRank)) rank = termRank;
  }
  return rank;
}

/** Returns the rank of the best place that has the term. */
function rankOfTerm({ text, presenceStart }: NormalizedExtension, term: string): Rank | null {
  let index = text.indexOf(term);
  if (index === -1) return null;
  if (index >= presenceStart) return 'text';
  let rank: Rank = 'name-contains';
  for (; index !== -1 && index < presenceStart; index = text.indexOf(term, index + 1)) {
    const startsLine = text[index - 1] === '\n';
    if (startsLine && text[index + term.length] === '\n') return 'exact-number';
    if (startsLine || index === 0 || text[index - 1] === ' ') rank = 'name-prefix';
  }
  return rank;
}

/** Returns the numbers of the further hints of an entry. */
export const furtherNumbers = ({ aliases = [] }: Pick<Extension, 'aliases'>): readonly string[] =>
  aliases.map(numberOf);

/** Returns the number of an extension's id. */
export const numberOf = (id: string): string => id.slice(0, id.lastIndexOf('@')).replace(/^[^/@]*\//u, '');

const isBetter = (a: Rank, b: Rank) => a !== b && RANKS.indexOf(a) < RANKS.indexOf(b);

/** Extensions that are read ahead per step. */
const STEP = 500;

/** Keeps normalized texts until they change. `nameOf` returns the name that is shown. */
export function createSearch(nameOf: (extension: Extension) => string = ({ person }) => person.name) {
  /** By id, with what they were read from: a lamp changes more often than any text. */
  const cache = new Map<string, NormalizedExtension & Pick<Extension, 'person' | 'aliases' | 'presence'>>();
  /** Of lists that are searched again for the next key. */
  const lists = new WeakMap<readonly Extension[], readonly NormalizedExtension[]>();

  const normalizedOf = (extension: Extension): NormalizedExtension => {
    const { id, exten, aliases, person, presence } = extension;
    const cached = cache.get(id);
    if (cached?.person === person && cached.aliases === aliases && cached.presence === presence)
      return cached;
    const numbers = [exten, ...furtherNumbers(extension)].map(normalizeText);
    const beforePresence = [normalizeText(`${nameOf(extension)} ${person.department}`), ...numbers, ''].join(
      '\n',
    );
    const presenceText = presence === null ? '' : normalizeText(`${presence.subtype} ${presence.message}`);
    const normalized = {
      id,
      person,
      aliases,
      presence,
      text: beforePresence + presenceText,
      presenceStart: beforePresence.length,
    };
    cache.set(id, normalized);
    return normalized;
  };

  function normalizedListOf(extensions: readonly Extension[]): readonly NormalizedExtension[] {
    const normalized = lists.get(extensions) ?? extensions.map(normalizedOf);
    lists.set(extensions, normalized);
    return normalized;
  }

  return {
    /** Reads some extensions before they are searched; returns false when there are none left. */
    readAhead(extensions: Iterator<Extension>): boolean {
      for (let count = 0; count < STEP; count++) {
        const { done, value } = extensions.next();
        if (done === true) return false;
        normalizedOf(value);
      }
      return true;
    },
    find: (query: string, extensions: readonly Extension[]): SearchResults => {
      const terms = searchTerms(query);
      const idsOf: Readonly<Record<Rank, string[]>> = {
        'exact-number': [],
        'name-prefix': [],
        'name-contains': [],
        text: [],
      };
      for (const extension of normalizedListOf(extensions)) {
        const rank = rankOf(extension, terms);
        if (rank !== null) idsOf[rank].push(extension.id);
      }
      const ids = concatLists(RANKS.map((rank) => idsOf[rank]));
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
