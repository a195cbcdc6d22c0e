import { createSearch, searchTerms } from './select/search.ts';
import { isLine } from '../kind/kinds.ts';
import { normalizeText } from './select/normalize-text.ts';
import type { Extension } from '@lampboard/protocol';

/** The number of results that fit below the field. */
const MAX_RESULTS = 8;

/** True if every term is a prefix of the number or of a word of the name. */
function isNameMatch(extension: Extension | undefined, terms: readonly string[]): boolean {
  const numberAndName =
    extension === undefined ? '' : ` ${normalizeText(`${extension.exten} ${extension.person.name}`)}`;
  return terms.every((term) => numberAndName.includes(` ${term}`));
}

/** Searches people and rooms that are not members: the best match, then name matches, then the rest, by number. */
export function createMemberSearch() {
  const search = createSearch();
  const numbers = new Intl.Collator('en', { numeric: true });
  /** `allAreMembers`: there are matches, but all are members already. */
  return (query: string, extensions: ReadonlyMap<string, Extension>, members: readonly string[]) => {
    const terms = searchTerms(query);
    if (terms.length === 0) return { ids: [], allAreMembers: false };
    const inGroup = new Set(members);
    const people = [...extensions.values()].filter((extension) => !isLine(extension));
    const outside = people.filter(({ id }) => !inGroup.has(id));
    const find = (candidates: Iterable<Extension>) =>
      search.rank(query, candidates, 'name-contains').map(({ extension }) => extension.id);
    const ids = find(outside);
    const allAreMembers = ids.length === 0 && find(people).length > 0;
    const byNumber = ids.toSorted((a, b) => numbers.compare(a, b));
    const nameMatches = byNumber.filter((id) => isNameMatch(extensions.get(id), terms));
    const ordered = new Set([...ids.slice(0, 1), ...nameMatches, ...byNumber]);
    return { ids: [...ordered].slice(0, MAX_RESULTS), allAreMembers };
  };
}
