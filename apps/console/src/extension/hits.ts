import { createSearch, fold, wordsOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';

/** So many fit below the field. */
const HITS_MAX = 8;

export interface Hits {
  readonly ids: readonly string[];
  /** There are some, and each is in the group already. */
  readonly allIn: boolean;
}

type Rows = ReadonlyMap<string, ExtensionRow>;
type Find = (query: string, rows: Rows, members: readonly string[]) => Hits;

/** Whether every word begins the number or a part of the name. */
function isCalledSo(row: ExtensionRow | undefined, words: readonly string[]): boolean {
  const called = row === undefined ? '' : ` ${fold(`${row.exten} ${row.person.name}`)}`;
  return words.every((word) => called.includes(` ${word}`));
}

/** Who could be added: the best hit first, then who is called so, by number; never who is in the group already. */
export function createFindHits(): Find {
  const search = createSearch();
  const numbers = new Intl.Collator('en', { numeric: true });
  return (query, rows, members) => {
    const words = wordsOf(query);
    if (words.length === 0) return { ids: [], allIn: false };
    const inGroup = new Set(members);
    const outside = [...rows.values()].filter(({ id }) => !inGroup.has(id));
    const find = (among: Iterable<ExtensionRow>) =>
      search.rank(query, among, 'part').map(({ row }) => row.id);
    const ids = find(outside);
    const best = ids[0] ?? null;
    const allIn = ids.length === 0 && find(rows.values()).length > 0;
    const byNumber = ids.toSorted((a, b) => numbers.compare(a, b));
    const called = byNumber.filter((id) => isCalledSo(rows.get(id), words));
    const ordered = new Set([...(best === null ? [] : [best]), ...called, ...byNumber]);
    return { ids: [...ordered].slice(0, HITS_MAX), allIn };
  };
}

export function sameHits(a: Hits, b: Hits): boolean {
  return a.allIn === b.allIn && a.ids.length === b.ids.length && a.ids.every((id, at) => id === b.ids[at]);
}
