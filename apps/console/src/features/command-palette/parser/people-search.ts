import { type SearchResult, createSearch, searchTerms } from '../../../entities/extension/select/search.ts';
import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import type { Extensions } from '../../../data/socket/use-board-value.ts';

interface PeopleSearch {
  /** Whom these words find: the whole number first, then who is called so, then who is mentioned; each in the board's order. */
  find: (query: string, extensions: Extensions) => readonly string[];
  /** The same for setting them: who is merely mentioned is not meant where anybody is called so. */
  findByName: (query: string, extensions: Extensions) => readonly string[];
  /** Whether a word of somebody's name begins so. */
  isNamePrefix: (query: string, extensions: Extensions) => boolean;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  isPartOfName: (words: readonly string[], isComplete: boolean, extensions: Extensions) => boolean;
}

/** So many are shown at most. */
const MAX_RESULTS = 8;

const topIds = (results: readonly SearchResult[]) =>
  results.slice(0, MAX_RESULTS).map(({ extension }) => extension.id);

/** Remembers what it has read of everybody for as long as they say the same. */
export function createPeopleSearch(): PeopleSearch {
  const { rank } = createSearch();
  return {
    find: (query, extensions) => topIds(rank(query, extensions.values())),
    findByName: (query, extensions) => {
      const nameMatches = rank(query, extensions.values(), 'name-prefix');
      return topIds(nameMatches.length > 0 ? nameMatches : rank(query, extensions.values()));
    },
    isNamePrefix: (query, extensions) => {
      const prefix = ` ${searchTerms(query).join(' ')}`;
      return [...extensions.values()].some(({ person }) => ` ${normalizeText(person.name)}`.includes(prefix));
    },
    isPartOfName: (words, isComplete, extensions) => {
      const lastWord = ` ${searchTerms(words.at(-1) ?? '').at(-1) ?? ''}${isComplete ? ' ' : ''}`;
      return rank(words.join(' '), extensions.values(), 'name-contains').some(({ extension: { person } }) =>
        ` ${normalizeText(`${person.name} ${person.department}`)} `.includes(lastWord),
      );
    },
  };
}
