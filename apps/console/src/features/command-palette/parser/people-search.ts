import { type SearchResult, createSearch, searchTerms } from '../../../entities/extension/select/search.ts';
import { displayName } from '../../../entities/extension/accessible-name.ts';
import { isLine } from '../../../entities/kind/kinds.ts';
import type { Translate } from '../../../i18n/translate.ts';
import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import type { Extensions } from '../../../data/socket/use-board-value.ts';

const MAX_RESULTS = 8;
const MAX_LINES = 3;

const topIds = (results: readonly SearchResult[], max = MAX_RESULTS) =>
  results.slice(0, max).map(({ extension }) => extension.id);

const peopleOf = (extensions: Extensions) =>
  [...extensions.values()].filter((extension) => !isLine(extension));

/** Finds functions by number and name, where they have none by their kind. */
export function createLineSearch(t: Translate) {
  const { rank } = createSearch((extension) => displayName(t, extension));
  return (query: string, extensions: Extensions): readonly string[] =>
    topIds(rank(query, [...extensions.values()].filter(isLine), 'name-contains'), MAX_LINES);
}

/** Finds people and rooms. Caches the searchable text of each extension. */
export function createPeopleSearch() {
  const search = createSearch();
  const rank = (query: string, extensions: Extensions, minRank?: SearchResult['rank']) =>
    search.rank(query, peopleOf(extensions), minRank);
  return {
    /** Finds ids: exact numbers first, then names, then texts; each in the order of the board. */
    find: (query: string, extensions: Extensions) => topIds(rank(query, extensions)),
    /** Likewise for setting a presence: texts count only if no name matches. */
    findByName: (query: string, extensions: Extensions) => {
      const nameMatches = rank(query, extensions, 'name-prefix');
      return topIds(nameMatches.length > 0 ? nameMatches : rank(query, extensions));
    },
    isNamePrefix: (query: string, extensions: Extensions) => {
      const prefix = ` ${searchTerms(query).join(' ')}`;
      return peopleOf(extensions).some(({ person }) => ` ${normalizeText(person.name)}`.includes(prefix));
    },
    isPartOfName: (words: readonly string[], isComplete: boolean, extensions: Extensions) => {
      const lastWord = ` ${searchTerms(words.at(-1) ?? '').at(-1) ?? ''}${isComplete ? ' ' : ''}`;
      return rank(words.join(' '), extensions, 'name-contains').some(({ extension: { person } }) =>
        ` ${normalizeText(`${person.name} ${person.department}`)} `.includes(lastWord),
      );
    },
  };
}
