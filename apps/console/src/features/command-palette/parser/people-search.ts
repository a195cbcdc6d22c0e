import { type SearchResult, createSearch, searchTerms } from '../../../entities/extension/select/search.ts';
import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import type { Extensions } from '../../../data/socket/use-board-value.ts';

const MAX_RESULTS = 8;

const topIds = (results: readonly SearchResult[]) =>
  results.slice(0, MAX_RESULTS).map(({ extension }) => extension.id);

/** Caches the searchable text of each extension. */
export function createPeopleSearch() {
  const { rank } = createSearch();
  return {
    /** Finds ids: exact numbers first, then names, then texts; each in the order of the board. */
    find: (query: string, extensions: Extensions) => topIds(rank(query, extensions.values())),
    /** Likewise for setting a presence: texts count only if no name matches. */
    findByName: (query: string, extensions: Extensions) => {
      const nameMatches = rank(query, extensions.values(), 'name-prefix');
      return topIds(nameMatches.length > 0 ? nameMatches : rank(query, extensions.values()));
    },
    isNamePrefix: (query: string, extensions: Extensions) => {
      const prefix = ` ${searchTerms(query).join(' ')}`;
      return [...extensions.values()].some(({ person }) => ` ${normalizeText(person.name)}`.includes(prefix));
    },
    isPartOfName: (words: readonly string[], isComplete: boolean, extensions: Extensions) => {
      const lastWord = ` ${searchTerms(words.at(-1) ?? '').at(-1) ?? ''}${isComplete ? ' ' : ''}`;
      return rank(words.join(' '), extensions.values(), 'name-contains').some(({ extension: { person } }) =>
        ` ${normalizeText(`${person.name} ${person.department}`)} `.includes(lastWord),
      );
    },
  };
}
