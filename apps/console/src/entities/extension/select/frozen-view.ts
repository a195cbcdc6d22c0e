import type { Extension } from '@lampboard/protocol';
import type { Order } from './order.ts';

type Extensions = ReadonlyMap<string, Extension>;

interface ViewQuery {
  /** The extensions of the group, in a stable order. */
  readonly candidates: readonly string[];
  /** Filters by current state; null for no filter. */
  readonly matches: ((extension: Extension) => boolean) | null;
  /** Null for the order of `candidates`. */
  readonly order: Order | null;
}

export interface FrozenView {
  readonly ids: readonly string[];
  /** Shown, but no longer matching. */
  readonly stale: ReadonlySet<string>;
  /** Matching, but not shown. */
  readonly newMatches: readonly string[];
  readonly orderChanged: boolean;
}

const EMPTY_SET: ReadonlySet<string> = new Set();

/** Freezes filter results and volatile orders once per `queryKey` (by identity); only a filter hides new extensions. */
export function createFrozenView(): (
  extensions: Extensions,
  query: ViewQuery,
  queryKey: object,
) => FrozenView {
  const frozenByQuery = new WeakMap<object, Set<string>>();

  return (extensions, { candidates, matches, order }, queryKey) => {
    if (matches === null && order?.isVolatile !== true) {
      return { ids: order === null ? candidates : sorted(candidates, extensions, order), ...UNCHANGED };
    }
    // There is nothing to freeze before the first snapshot.
    if (extensions.size === 0) return { ids: [], ...UNCHANGED };
    const matchingIds = candidates.filter((id) => isMatch(matches, extensions.get(id)));
    let frozen = frozenByQuery.get(queryKey);
    if (frozen === undefined) {
      frozen = new Set(order === null ? matchingIds : sorted(matchingIds, extensions, order));
      frozenByQuery.set(queryKey, frozen);
    }
    const frozenIds = frozen;
    if (matches === null) for (const id of candidates) frozenIds.add(id);
    const candidateSet = new Set(candidates);
    const ids = [...frozenIds].filter((id) => candidateSet.has(id));
    const matchingSet = new Set(matchingIds);
    const stale = matches === null ? EMPTY_SET : new Set(ids.filter((id) => !matchingSet.has(id)));
    return {
      ids,
      stale,
      newMatches: matchingIds.filter((id) => !frozenIds.has(id)),
      orderChanged: order?.isVolatile === true && !isSorted(ids, extensions, order),
    };
  };
}

const UNCHANGED = { stale: EMPTY_SET, newMatches: [], orderChanged: false } as const;

const isMatch = (matches: ViewQuery['matches'], extension: Extension | undefined): boolean =>
  extension !== undefined && (matches === null || matches(extension));

function sorted(ids: readonly string[], extensions: Extensions, { compare }: Order): readonly string[] {
  return ids
    .flatMap((id) => extensions.get(id) ?? [])
    .toSorted(compare)
    .map(({ id }) => id);
}

function isSorted(ids: readonly string[], extensions: Extensions, { compare }: Order): boolean {
  return ids.every((id, index) => {
    const extension = extensions.get(id);
    const previous = extensions.get(ids[index - 1] ?? '');
    return extension === undefined || previous === undefined || compare(previous, extension) <= 0;
  });
}
