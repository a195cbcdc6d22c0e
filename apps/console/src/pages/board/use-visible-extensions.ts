import { type FrozenView, createFrozenView } from '../../entities/extension/select/frozen-view.ts';
import { type SearchResults, createSearch, searchTerms } from '../../entities/extension/select/search.ts';
import { type Extensions, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import { BY_NUMBER, createStableSort, orderBy } from '../../entities/extension/select/order.ts';
import { matchesFilter, isFilterActive } from '../../entities/extension/select/filter.ts';
import type { Extension } from '@lampboard/protocol';
import { useCallback, useMemo, useState } from 'react';
import { type Group, groupMemberIds, groupKey, isMember } from '../../entities/group/groups.ts';
import { displayName } from '../../entities/extension/accessible-name.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import { useGroupFilter } from '../../features/filters/use-filter.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useClock, useLive, useOutages } from '../../data/socket/live-context.tsx';
import { countable, extensionsOf } from '../../data/socket/connection-state.ts';
import { useUserGroups, usePreference } from '../../data/preferences/settings-context.tsx';

/** The group's extensions that match filter and search. Lamp, presence and time do not move them until refreshed. */
export function useVisibleExtensions(group: Group, query: string) {
  const t = useT();
  const { locale } = t;
  const { store } = useLive();
  const clock = useClock();
  const outages = useOutages();
  const userGroups = useUserGroups();
  const filter = useGroupFilter(group);
  const sort = usePreference('sort');
  const isTable = usePreference('view') === 'table';
  const [refreshCount, setRefreshCount] = useState(0);
  // A function without a name is found by its kind.
  const search = useMemo(
    () =>
      createSearch((extension) => (isLine(extension) ? displayName(t, extension) : extension.person.name)),
    [t],
  );
  const [freezeView] = useState(createFrozenView);
  const isInGroup = useMemo(() => isMember(group, userGroups), [group, userGroups]);
  const order = useMemo(() => (isTable ? orderBy(sort, locale) : BY_NUMBER), [isTable, sort, locale]);
  const sortIds = useMemo(() => createStableSort((order.isVolatile ? BY_NUMBER : order).compare), [order]);

  const find = useCallback(
    (extensions: Extensions, now: number, queryKey: object): SearchedView => {
      const extensionsOfIds = (ids: readonly string[]) => ids.flatMap((id) => extensions.get(id) ?? []);
      const candidates = groupMemberIds(group, sortIds(extensions), extensions, userGroups);
      const isFiltered = isFilterActive(filter);
      const { counted } = countable(outages, isFiltered ? extensionsOfIds(candidates) : []);
      const countedIds = new Set(counted.map(({ id }) => id));
      const matches = isFiltered
        ? (extension: Extension) => countedIds.has(extension.id) && matchesFilter(extension, filter, now)
        : null;
      // A user group keeps its order, except in the table.
      const usesOrder = order.isVolatile || (isTable && group.kind === 'user');
      const view = freezeView(extensions, { candidates, matches, order: usesOrder ? order : null }, queryKey);
      if (searchTerms(query).length === 0) return { ...view, bestMatch: null, otherResults: [] };
      const searchIn = (ids: readonly string[]) => search.find(query, extensionsOfIds(ids));
      const { ids: resultIds, bestMatch } = searchIn(view.ids);
      const resultIdSet = new Set(resultIds);
      // In an unfiltered Everyone the rest of the board is functions only.
      const isRest = (extension: Extension) =>
        matches !== null || group.kind !== 'everyone' || isLine(extension);
      const rest = extensionsOfIds(sortIds(extensions)).filter(
        (extension) => isRest(extension) && !resultIdSet.has(extension.id),
      );
      return {
        ...view,
        ids: isTable ? view.ids.filter((id) => resultIdSet.has(id)) : resultIds,
        bestMatch,
        newMatches: searchIn(view.newMatches).ids,
        otherResults: search.find(query, rest).ids,
      };
    },
    [filter, group, query, userGroups, order, sortIds, isTable, freezeView, search, outages],
  );
  const sortKey = isTable && JSON.stringify(sort);
  const key = [groupKey(group), JSON.stringify(filter), sortKey, query, refreshCount].join('\n');
  const queryKey = useMemo(() => ({ key }), [key]);
  const findNow = useCallback(
    (extensions: Extensions, now: number) => find(extensions, now, queryKey),
    [find, queryKey],
  );

  return {
    ...useClockedBoardValue(findNow),
    searched: searchTerms(query).length > 0,
    isInGroup,
    /** The results now, which may be ahead of the render. */
    currentResults: () => {
      const state = store.getState();
      return find(extensionsOf(state), clock.now() + state.clockOffset, queryKey);
    },
    refresh: () => setRefreshCount((times) => times + 1),
  };
}

interface SearchedView extends FrozenView, SearchResults {
  /** Results in the rest of the board, the best first. */
  readonly otherResults: readonly string[];
}
