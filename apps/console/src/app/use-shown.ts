import { type Found, createSearch, wordsOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { useCallback, useDeferredValue, useState } from 'react';
import { createOrder } from '../features/board/order.ts';
import { type Group, inGroup } from '../features/groups/groups.ts';
import { useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { type Rows, sameList, useBoardValue } from '../live/use-board-value.ts';

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
  const belongs = useCallback((row: ExtensionRow) => inGroup(row, group), [group]);

  const find = useCallback(
    (rows: Rows, wanted: string): Found => {
      const all = order(rows);
      const searched = wordsOf(wanted).length > 0;
      if (group.kind === 'everyone' && !searched) return { ids: all, best: null };
      const belonging = all.flatMap((id) => {
        const row = rows.get(id);
        return row !== undefined && inGroup(row, group) ? [row] : [];
      });
      return searched ? search.find(wanted, belonging) : { ids: belonging.map(({ id }) => id), best: null };
    },
    [order, search, group],
  );
  const findDrawn = useCallback((rows: Rows) => find(rows, drawn), [find, drawn]);

  return {
    ...useBoardValue(findDrawn, sameFound),
    searched: wordsOf(drawn).length > 0,
    belongs,
    bestNow: () => find(rowsOf(store.getState()), query).best,
  };
}
