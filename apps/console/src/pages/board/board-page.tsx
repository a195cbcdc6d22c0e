import {
  type ReactNode,
  memo,
  startTransition,
  useEffect,
  useRef,
  useCallback,
  useMemo,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useOutages, usePbxNames } from '../../data/socket/live-context.tsx';
import { areLive } from '../../data/socket/connection-state.ts';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import './board-page.css';
import { searchTerms } from '../../entities/extension/select/search.ts';
import { BoardContent } from './board-content.tsx';
import type { BoardGridHandle } from '../../entities/extension/board-view-props.ts';
import { SearchTermsContext } from '../../entities/extension/search-highlight.tsx';
import { useExtensionActions } from '../../entities/extension/use-extension-actions.ts';
import { BoardHeader } from '../../features/board/board-header.tsx';
import { RefreshButton } from '../../features/board/refresh-button.tsx';
import { ViewSwitcher } from '../../features/board/view-switcher.tsx';
import { ALL_EXTENSIONS, groupLabel, isOfPeople, kindOfGroup } from '../../entities/group/groups.ts';
import { Desk, DeskSheet } from '../../features/desk/desk.tsx';
import { DeskToggle } from '../../features/desk/desk-button.tsx';
import { useDeskSession } from '../../features/desk/desk-session.tsx';
import { FilterButton, Filters } from '../../features/filters/filters.tsx';
import { lazyComponent } from '../../ui/lazy-component.tsx';
import { GroupList, type GroupListProps } from '../../features/groups/group-list.tsx';
import './sidebar.css';
import { ConnectionBanner } from '../../features/connection/connection-banner.tsx';
import { ConnectionInline, ConnectionBadge } from '../../features/connection/connection-badge.tsx';
import { useTabStatus } from '../../features/connection/use-tab-status.ts';
import { useUnsavedExtensions } from '../../entities/presence-draft/drafts-context.tsx';
import { LazyPersonPanel, usePreloadPanel } from './lazy-person-panel.tsx';
import { SearchField, type SearchFieldHandle } from '../../features/search/search-field.tsx';
import { ThemeButton } from '../../features/theme/theme-button.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { useUserGroups } from '../../data/preferences/settings-context.tsx';
import { Logo } from '../../shell/logo.tsx';
import { PhoneTabs, useHasPhoneTabs } from '../../shell/phone-tabs.tsx';
import { useOverlay } from '../../shell/overlay-context.ts';
import { HeaderActions } from '../../shell/header-actions.tsx';
import { useGroupEditor } from './use-group-editor.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { usePersonPanel } from './use-person-panel.ts';
import { usePageShortcuts } from './use-page-shortcuts.ts';
import { useBoardRoute } from '../../shell/use-board-route.ts';
import { useVisibleExtensions } from './use-visible-extensions.ts';

const LinesHeader = lazyComponent(
  async () => (await import('../../features/lines/lines-view.tsx')).LinesHeader,
  <header className="board-header" />,
);

export function BoardPage() {
  const t = useT();
  const { group, openId, open, hrefOf, navigateTo, ...route } = useBoardRoute();
  const [query, setQuery] = useState('');
  const { ids, bestMatch, searched, isInGroup, otherResults, currentResults, ...view } = useVisibleExtensions(
    group,
    query,
  );
  const terms = useMemo(() => searchTerms(query), [query]);
  const unsaved = useUnsavedExtensions();
  const { show } = useOverlay();
  const narrow = useMediaQuery('(max-width: 1279px)');
  // The search then has its own line.
  const hasTabs = useHasPhoneTabs();
  const searchField = useRef<SearchFieldHandle>(null);
  const grid = useRef<BoardGridHandle>(null);
  const heading = groupLabel(t, group, useUserGroups(), usePbxNames());
  const isDeskShown = openId === null && narrow && route.isDeskOpen;
  /** Something covers the board. */
  const modal = narrow && (openId !== null || route.isDeskOpen);
  const actions = useExtensionActions();
  const panel = usePersonPanel({ openId, open, modal, grid, searchField });
  const { openPerson, closePerson } = panel;
  const closeDesk = () => route.showDesk(false);
  const focusTile = useCallback(() => grid.current?.focusTile(), []);
  const groupEditor = useGroupEditor({ group, navigateTo, onFocusLost: focusTile });

  const { noteOpened } = useDeskSession();
  useEffect(() => {
    if (openId !== null) noteOpened(openId);
  }, [openId, noteOpened]);

  usePreloadPanel();
  useTabStatus(heading);
  usePageShortcuts({
    onFind: panel.focusSearch,
    onEscape: () => {
      if (openId !== null) closePerson();
      else if (isDeskShown) closeDesk();
      else searchField.current?.clear();
    },
    onFavourite: () => openId !== null && actions.toggleFavourite(openId),
    onToggleWatch: () => openId !== null && actions.toggleWatch(openId),
  });

  const search = (
    <SearchField
      key="search"
      handle={searchField}
      // In short tasks, which the next key interrupts.
      onChange={(text) => startTransition(() => setQuery(text))}
      onOpen={(text) => {
        const results = currentResults(text);
        const id = results.bestMatch ?? results.otherResults[0];
        if (id !== undefined) openPerson(id);
      }}
      onLeave={(text) => {
        flushSync(() => setQuery(text));
        grid.current?.focusTile(currentResults(text).bestMatch ?? undefined);
      }}
      onPalette={() => show('palette')}
      statusMessage={searched ? t('search.found', { count: ids.length }) : ''}
    />
  );
  const barEnd = (
    <div key="end" className="top-bar-end">
      {narrow && !hasTabs && <DeskToggle isOpen={isDeskShown} onToggle={() => route.showDesk(true)} />}
      <ConnectionBadge />
      <ThemeButton />
      <HeaderActions />
    </div>
  );

  return (
    <div className="board-page">
      <header className="top-bar" inert={modal}>
        <Logo />
        {hasTabs ? [barEnd, search] : [search, barEnd]}
      </header>
      <div className="board-nav" inert={modal}>
        <Sidebar current={group} hrefOf={hrefOf} onChoose={navigateTo} {...groupEditor.actions} />
      </div>
      <BoardRoot ids={ids} inert={modal} onFocusLost={panel.onFocusLost}>
        {group.kind === 'lines' && !searched ? (
          <LinesHeader heading={heading} />
        ) : (
          <BoardHeader
            heading={heading}
            isInGroup={isInGroup}
            kind={kindOfGroup(group)}
            resultCount={searched ? ids.length : null}
          >
            <RefreshButton
              newMatches={view.newMatches.length}
              noLongerMatching={view.stale.size === 0 ? 0 : ids.filter((id) => view.stale.has(id)).length}
              orderChanged={view.orderChanged}
              onRefresh={view.refresh}
            />
            <ViewSwitcher />
          </BoardHeader>
        )}
        <SearchTermsContext value={terms}>
          <BoardContent
            grid={grid}
            ids={ids}
            sections={view.sections}
            stale={view.stale}
            unsaved={unsaved}
            bestMatch={bestMatch}
            openId={openId}
            query={searched ? query.trim() : ''}
            otherResults={otherResults}
            group={group}
            onOpen={openPerson}
            onClear={() => {
              searchField.current?.clear();
              searchField.current?.focus();
            }}
            onShowAll={() => navigateTo(ALL_EXTENSIONS)}
            onEditGroup={groupEditor.actions.onEdit}
          />
        </SearchTermsContext>
        <ConnectionBanner />
      </BoardRoot>
      {modal && !(isDeskShown && hasTabs) && (
        <div className="board-backdrop" aria-hidden="true" onClick={isDeskShown ? closeDesk : closePerson} />
      )}
      {openId !== null && (
        <LazyPersonPanel
          key={openId}
          id={openId}
          modal={modal}
          focusRequest={panel.focusRequest}
          statusMessage={modal && <ConnectionInline id={openId} />}
          onClose={closePerson}
          onOpen={openPerson}
        />
      )}
      {openId === null && !narrow && <Desk onOpen={openPerson} />}
      {isDeskShown && (
        <DeskSheet
          onOpen={openPerson}
          onClose={hasTabs ? null : closeDesk}
          badge={hasTabs && <ConnectionBadge />}
          statusMessage={!hasTabs && <ConnectionInline />}
        />
      )}
      {hasTabs && (
        <PhoneTabs current={isDeskShown ? 'desk' : 'board'} group={group} inert={openId !== null} />
      )}
      {groupEditor.editor}
    </div>
  );
}

/** Groups, and filters for people; one line above the board on narrow screens. */
export const Sidebar = memo(function Sidebar(props: GroupListProps) {
  const isFiltered = isOfPeople(props.current);
  return (
    <div className="sidebar">
      {isFiltered && <FilterButton group={props.current} />}
      <GroupList {...props} />
      {isFiltered && <Filters group={props.current} />}
    </div>
  );
});

interface BoardProps {
  /** The extensions in view. */
  ids: readonly string[];
  inert: boolean;
  /** `tile`: whether the removed element was a tile. */
  onFocusLost: (tile: boolean) => void;
  children: ReactNode;
}

function BoardRoot({ ids, inert, onFocusLost, children }: BoardProps) {
  const root = useRef<HTMLElement>(null);
  useFocusFallback(root, (removed) => onFocusLost(removed.matches('[data-extension]')));
  const outages = useOutages();
  const live = useMemo(() => areLive(outages, ids), [outages, ids]);
  return (
    <main ref={root} className="board" data-link={live ? 'live' : 'down'} inert={inert}>
      {children}
    </main>
  );
}
