import {
  BY_NUMBER,
  createArrangement,
  createKeptOrder,
  createSearch,
  fitsFilter,
  isFiltered,
  orderBy,
  wordsOf,
} from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { useCallback, useMemo, useState } from 'react';
import { type Group, idsOfGroup, keyOf, membership } from '../features/groups/groups.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useClock, useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { type Rows, useTimedBoardValue } from '../live/use-board-value.ts';
import { useOwnGroups, usePreference } from '../own/own-context.tsx';
import { type Arranged, sameArranged } from './arranged.ts';

interface Shown extends Arranged {
  /** Whether a search has narrowed the board. */
  readonly searched: boolean;
  readonly belongs: (row: ExtensionRow) => boolean;
  /** The hits of this very moment, which may be ahead of what is drawn. */
  readonly hitsNow: () => Pick<Arranged, 'best' | 'elsewhere'>;
  /** Takes the arrangement anew. */
  readonly update: () => void;
}

/**
 * The extensions that the board shows, in its order: those of the group that fit the filter, and in which the search
 * finds something. What lamp, presence and time decide about that stays as it was when it was asked for.
 */
export function useShown(group: Group, query: string): Shown {
  const { locale } = useT();
  const { store } = useLive();
  const clock = useClock();
  const own = useOwnGroups();
  const filter = usePreference('filter');
  const sort = usePreference('sort');
  const isTable = usePreference('view') === 'table';
  const [updates, setUpdates] = useState(0);
  const [search] = useState(createSearch);
  const [arrange] = useState(createArrangement);
  const belongs = useMemo(() => membership(group, own), [group, own]);
  const order = useMemo(() => (isTable ? orderBy(sort, locale) : BY_NUMBER), [isTable, sort, locale]);
  const inOrder = useMemo(() => createKeptOrder((order.moves ? BY_NUMBER : order).compare), [order]);

  const find = useCallback(
    (rows: Rows, now: number, asked: object): Arranged => {
      const fits = isFiltered(filter) ? (row: ExtensionRow) => fitsFilter(row, filter, now) : null;
      const among = idsOfGroup(group, inOrder(rows), rows, own);
      // An own group has an order of its own, other than in the table.
      const sorts = order.moves || (isTable && group.kind === 'own');
      const arrangement = arrange(rows, { among, fits, order: sorts ? order : null }, asked);
      if (wordsOf(query).length === 0) return { ...arrangement, best: null, elsewhere: [] };
      const found = (ids: readonly string[]) =>
        search.find(
          query,
          ids.flatMap((id) => rows.get(id) ?? []),
        );
      const { ids: hits, best } = found(arrangement.ids);
      const isHit = new Set(hits);
      const narrowed = fits !== null || group.kind !== 'everyone';
      return {
        ...arrangement,
        ids: isTable ? arrangement.ids.filter((id) => isHit.has(id)) : hits,
        best,
        more: found(arrangement.more).ids,
        elsewhere: narrowed ? found(inOrder(rows).filter((id) => !isHit.has(id))).ids : [],
      };
    },
    [filter, group, query, own, order, inOrder, isTable, arrange, search],
  );
  const key = [keyOf(group), JSON.stringify(filter), isTable && JSON.stringify(sort), query, updates].join(
    '\n',
  );
  const asked = useMemo(() => ({ key }), [key]);
  const findNow = useCallback((rows: Rows, now: number) => find(rows, now, asked), [find, asked]);

  return {
    ...useTimedBoardValue(findNow, sameArranged),
    searched: wordsOf(query).length > 0,
    belongs,
    hitsNow: () => {
      const state = store.getState();
      return find(rowsOf(state), clock.now() + state.clockOffset, asked);
    },
    update: () => setUpdates((times) => times + 1),
  };
}
