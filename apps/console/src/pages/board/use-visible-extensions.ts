import { type FrozenView, createFrozenView } from '../../entities/extension/select/frozen-view.ts';
import {
  type SearchResults,
  concatLists,
  createSearch,
  searchTerms,
} from '../../entities/extension/select/search.ts';
import { type Extensions, memoizeLast, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import { BY_NUMBER, createStableSort, orderBy } from '../../entities/extension/select/order.ts';
import { type BoardSection, sectionsOf } from '../../entities/extension/select/sections.ts';
import { matchesFilter, isFilterActive } from '../../entities/extension/select/filter.ts';
import { type Extension, FAVOURITES } from '@lampboard/protocol';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type Group, groupMemberIds, groupKey, isMember, isOfPeople } from '../../entities/group/groups.ts';
import { displayName } from '../../entities/extension/accessible-name.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import { useGroupFilter } from '../../features/filters/use-filter.ts';
import { runWhenIdle } from '../../ui/run-when-idle.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import {
  useClock,
  useLive,
  useLiveState,
  useOutages,
  useThrottledExtensions,
} from '../../data/socket/live-context.tsx';
import { countable, extensionsOf } from '../../data/socket/connection-state.ts';
import { useUserGroups, usePreference } from '../../data/preferences/settings-context.tsx';

/** The group's extensions that match filter and search. Lamp, presence and time do not move them until refreshed. */
export function useVisibleExtensions(group: Group, query: string) {
  const t = useT();
  const { locale } = t;
  const { store } = useLive();
  const throttled = useThrottledExtensions();
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
  const isLoaded = useLiveState((state) => extensionsOf(state).size > 0);
  const [freezeView] = useState(createFrozenView);
  const isInGroup = useMemo(() => isMember(group, userGroups), [group, userGroups]);
  // People are known by their names, functions by their numbers.
  const isByName = !isTable && isOfPeople(group);
  const order = useMemo(() => {
    if (isTable) return orderBy(sort, locale);
    return isByName ? orderBy({ column: 'name', descending: false }, locale) : BY_NUMBER;
  }, [isTable, isByName, sort, locale]);
  const compareNames = useMemo(
    () => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }).compare,
    [locale],
  );
  const isSectioned = !isTable && SECTIONED_GROUPS.includes(group.kind);
  const sortIds = useMemo(() => createStableSort((order.isVolatile ? BY_NUMBER : order).compare), [order]);

  const sectionsIn = useCallback(
    (extensions: readonly Extension[]) => {
      if (!isSectioned) return null;
      const favourites = userGroups.find(({ id }) => id === FAVOURITES)?.members ?? [];
      return sectionsOf(extensions, favourites, compareNames);
    },
    [isSectioned, userGroups, compareNames],
  );
  const arrange = useCallback(
    (extensions: Extensions): Arranged => {
      const ids = sortIds(extensions);
      const candidates = groupMemberIds(group, ids, extensions, userGroups);
      const all = once(() => knownOf(ids, extensions));
      const members = candidates === ids ? all : once(() => knownOf(candidates, extensions));
      return {
        candidates,
        all,
        members,
        lines: once(() => all().filter(isLine)),
        sections: once(() => sectionsIn(members())),
      };
    },
    [group, sortIds, userGroups, sectionsIn],
  );
  // A typed key changes neither.
  const arrangeOnce = useMemo(() => memoizeLast(arrange), [arrange]);
  useEffect(() => {
    if (!isLoaded) return undefined;
    const unread = throttled.extensions().values();
    return runWhenIdle(() => {
      if (search.readAhead(unread)) return true;
      // The first key finds the lists made, and the search compiled.
      const { members, lines } = arrangeOnce(throttled.extensions());
      for (const list of [members(), lines()]) search.find(ANY_KEY, list);
      return false;
    });
  }, [isLoaded, search, throttled, arrangeOnce]);

  const find = useCallback(
    (
      extensions: Extensions,
      arranged: Arranged,
      now: number,
      query: string,
      queryKey: object,
    ): SearchedView => {
      const { all, candidates, members, lines } = arranged;
      const isFiltered = isFilterActive(filter);
      const { counted } = countable(outages, isFiltered ? members() : []);
      const countedIds = new Set(counted.map(({ id }) => id));
      const matches = isFiltered
        ? (extension: Extension) => countedIds.has(extension.id) && matchesFilter(extension, filter, now)
        : null;
      // A user group keeps its order, except in the table.
      const usesOrder = order.isVolatile || (isTable && group.kind === 'user');
      const view = freezeView(extensions, { candidates, matches, order: usesOrder ? order : null }, queryKey);
      if (searchTerms(query).length === 0) {
        const sections =
          view.ids === candidates ? arranged.sections() : sectionsIn(knownOf(view.ids, extensions));
        const ids = sections === null ? view.ids : concatLists(sections.map((section) => section.ids));
        return { ...view, ids, sections, bestMatch: null, otherResults: [] };
      }
      const searchIn = (ids: readonly string[]) =>
        search.find(query, ids === candidates ? members() : knownOf(ids, extensions));
      const { ids: resultIds, bestMatch } = searchIn(view.ids);
      const resultIdSet = once(() => new Set(resultIds));
      // In an unfiltered Everyone the rest of the board is functions only.
      const isLinesOnly = matches === null && group.kind === 'everyone';
      const rest = isLinesOnly ? lines() : all().filter(({ id }) => !resultIdSet().has(id));
      return {
        ...view,
        // By match, so without headings.
        sections: null,
        ids: isTable ? view.ids.filter((id) => resultIdSet().has(id)) : resultIds,
        bestMatch,
        newMatches: searchIn(view.newMatches).ids,
        otherResults: search.find(query, rest).ids,
      };
    },
    [filter, group, order, isTable, sectionsIn, freezeView, search, outages],
  );
  const sortKey = isTable && JSON.stringify(sort);
  const key = [groupKey(group), JSON.stringify(filter), sortKey, query, refreshCount].join('\n');
  const queryKey = useMemo(() => ({ key }), [key]);
  const findNow = useCallback(
    (extensions: Extensions, now: number) => find(extensions, arrangeOnce(extensions), now, query, queryKey),
    [find, arrangeOnce, query, queryKey],
  );

  return {
    ...useClockedBoardValue(findNow, filter.preset === 'overdue'),
    searched: searchTerms(query).length > 0,
    isInGroup,
    /** The results of a query now, which may be ahead of the render. */
    currentResults: (typed: string) => {
      const state = store.getState();
      // They change in place, so nothing found in them before counts.
      const extensions = extensionsOf(state);
      const now = clock.now() + state.clockOffset;
      return find(extensions, arrange(extensions), now, typed, typed === query ? queryKey : {});
    },
    refresh: () => setRefreshCount((times) => times + 1),
  };
}

const ANY_KEY = '0';

/** What does not depend on the query. */
interface Arranged {
  /** Ids of the group. */
  readonly candidates: readonly string[];
  readonly all: () => readonly Extension[];
  /** Those of the group that are on the board. */
  readonly members: () => readonly Extension[];
  readonly lines: () => readonly Extension[];
  /** Of the members; null for tiles without headings. */
  readonly sections: () => readonly BoardSection[] | null;
}

const knownOf = (ids: readonly string[], extensions: Extensions): readonly Extension[] =>
  ids.flatMap((id) => extensions.get(id) ?? []);

function once<R>(run: () => R): () => R {
  let last: { readonly result: R } | null = null;
  return () => (last ??= { result: run() }).result;
}

/** Groups in whose tiles departments have headings. */
const SECTIONED_GROUPS: readonly Group['kind'][] = ['everyone', 'pbx', 'context'];

interface SearchedView extends FrozenView, SearchResults {
  /** Of the ids, in their order; null for tiles without headings. */
  readonly sections: readonly BoardSection[] | null;
  /** Results in the rest of the board, the best first. */
  readonly otherResults: readonly string[];
}
