import type { Extension } from '@lampboard/protocol';
import type { Order } from './order.ts';

type Extensions = ReadonlyMap<string, Extension>;

/** Who is to be shown, and in which order. */
export interface ViewQuery {
  /** Whoever belongs there, in the order that nothing moves. */
  readonly candidates: readonly string[];
  /** Narrows it by what is so at this moment; null: not at all. */
  readonly matches: ((extension: Extension) => boolean) | null;
  /** Null: as `among` stands. */
  readonly order: Order | null;
}

export interface FrozenView {
  readonly ids: readonly string[];
  /** Those among them that do not fit any more. */
  readonly stale: ReadonlySet<string>;
  /** Those that would fit by now, and are not shown. */
  readonly newMatches: readonly string[];
  /** Whether the order would be another one by now. */
  readonly orderChanged: boolean;
}

const EMPTY_SET: ReadonlySet<string> = new Set();

/**
 * Arranges a board so that nothing moves by itself. What moves is arranged once for each `asked`, which is known by its
 * identity, and then stays: those who do not fit any more too. Extensions that are gone are left out, and stand at their
 * place again once they are back; new ones come at the end, or are counted where a filter asks for some only.
 */
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
    // Before the first snapshot there is nothing to take.
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

function isMatch(matches: ViewQuery['matches'], extension: Extension | undefined): boolean {
  return extension !== undefined && (matches === null || matches(extension));
}

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
