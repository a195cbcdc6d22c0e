import { createSearch, searchTerms } from './select/search.ts';
import { normalizeText } from './select/normalize-text.ts';
import type { Extension } from '@lampboard/protocol';

/** So many fit below the field. */
const MAX_RESULTS = 8;

export interface MemberSearchResult {
  readonly ids: readonly string[];
  /** There are some, and each is in the group already. */
  readonly allAreMembers: boolean;
}

type Extensions = ReadonlyMap<string, Extension>;
type MemberSearch = (query: string, extensions: Extensions, members: readonly string[]) => MemberSearchResult;

/** Whether every word begins the number or a part of the name. */
function isNameMatch(extension: Extension | undefined, terms: readonly string[]): boolean {
  const numberAndName =
    extension === undefined ? '' : ` ${normalizeText(`${extension.exten} ${extension.person.name}`)}`;
  return terms.every((term) => numberAndName.includes(` ${term}`));
}

/** Who could be added: the best hit first, then who is called so, by number; never who is in the group already. */
export function createMemberSearch(): MemberSearch {
  const search = createSearch();
  const numbers = new Intl.Collator('en', { numeric: true });
  return (query, extensions, members) => {
    const terms = searchTerms(query);
    if (terms.length === 0) return { ids: [], allAreMembers: false };
    const inGroup = new Set(members);
    const outside = [...extensions.values()].filter(({ id }) => !inGroup.has(id));
    const find = (candidates: Iterable<Extension>) =>
      search.rank(query, candidates, 'name-contains').map(({ extension }) => extension.id);
    const ids = find(outside);
    const bestMatch = ids[0] ?? null;
    const allAreMembers = ids.length === 0 && find(extensions.values()).length > 0;
    const byNumber = ids.toSorted((a, b) => numbers.compare(a, b));
    const nameMatches = byNumber.filter((id) => isNameMatch(extensions.get(id), terms));
    const ordered = new Set([...(bestMatch === null ? [] : [bestMatch]), ...nameMatches, ...byNumber]);
    return { ids: [...ordered].slice(0, MAX_RESULTS), allAreMembers };
  };
}

export function sameResult(a: MemberSearchResult, b: MemberSearchResult): boolean {
  return (
    a.allAreMembers === b.allAreMembers &&
    a.ids.length === b.ids.length &&
    a.ids.every((id, index) => id === b.ids[index])
  );
}
