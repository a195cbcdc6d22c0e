import { type Found, createSearch, wordsOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { createOrder } from '../features/board/order.ts';
import { type Group, idsOfGroup, membership } from '../features/groups/groups.ts';
import { useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { type Rows, sameList, useBoardValue } from '../live/use-board-value.ts';
import { useOwnGroups } from '../own/own-context.tsx';

interface Shown extends Found {
  /** Whether a search has narrowed the board. */
  readonly searched: boolean;
  readonly belongs: (row: ExtensionRow) => boolean;
  /** The hit for what stands in the search field this very moment: typing is ahead of what is drawn. */
  readonly bestNow: () => string | null;
}

const sameFound = (a: Found, b: Found) => a.best === b.best && sameList(a.ids, b.ids);

/** The extensions that the board shows, in its order: those of the group in which the search finds something. */
export function useShown(group: Group, query: string): Shown {
  const { store } = useLive();
  const [order] = useState(createOrder);
  const [search] = useState(createSearch);
  const drawn = useDeferredValue(query);
  const own = useOwnGroups();
  const belongs = useMemo(() => membership(group, own), [group, own]);

  const find = useCallback(
    (rows: Rows, wanted: string): Found => {
      const ids = idsOfGroup(group, order(rows), rows, own);
      if (wordsOf(wanted).length === 0) return { ids, best: null };
      return search.find(
        wanted,
        ids.flatMap((id) => rows.get(id) ?? []),
      );
    },
    [order, search, group, own],
  );
  const findDrawn = useCallback((rows: Rows) => find(rows, drawn), [find, drawn]);

  return {
    ...useBoardValue(findDrawn, sameFound),
    searched: wordsOf(drawn).length > 0,
    belongs,
    bestNow: () => find(rowsOf(store.getState()), query).best,
  };
}
