import { createSearch, wordsOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';

/** So many fit below the field. */
const HITS_MAX = 8;

export interface Hits {
  readonly ids: readonly string[];
  /** There are some, and each is in the group already. */
  readonly allIn: boolean;
}

type Find = (query: string, rows: ReadonlyMap<string, ExtensionRow>, members: readonly string[]) => Hits;

/** Who could be added: the best hit first, the others by number; never who is in the group already. */
export function createFindHits(): Find {
  const search = createSearch();
  const numbers = new Intl.Collator('en', { numeric: true });
  return (query, rows, members) => {
    if (wordsOf(query).length === 0) return { ids: [], allIn: false };
    const inGroup = new Set(members);
    const outside = [...rows.values()].filter(({ id }) => !inGroup.has(id));
    const { ids, best } = search.find(query, outside);
    const allIn = ids.length === 0 && search.find(query, rows.values()).best !== null;
    const others = ids.filter((id) => id !== best).toSorted((a, b) => numbers.compare(a, b));
    return { ids: best === null ? [] : [best, ...others].slice(0, HITS_MAX), allIn };
  };
}

export function sameHits(a: Hits, b: Hits): boolean {
  return a.allIn === b.allIn && a.ids.length === b.ids.length && a.ids.every((id, at) => id === b.ids[at]);
}
