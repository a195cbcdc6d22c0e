import { wordsOf } from '@lampboard/board';
import { useCallback, useMemo, useRef, useState } from 'react';
import { BoardMiddle } from './board-middle.tsx';
import { Board } from '../features/board/board.tsx';
import type { BoardGridHandle } from '../extension/board-view.ts';
import { SearchWords } from '../extension/found-text.tsx';
import { useOwnMarks } from '../extension/use-own-marks.ts';
import { HeadLine } from '../features/board/head-line.tsx';
import { UpdatePill } from '../features/board/update-pill.tsx';
import { ViewSwitch } from '../features/board/view-switch.tsx';
import { EVERYONE, labelOf } from '../features/groups/groups.ts';
import { SideNav } from '../features/groups/side-nav.tsx';
import { LinkBanner } from '../features/link/link-banner.tsx';
import { LinkLine } from '../features/link/link-line.tsx';
import { LinkPill } from '../features/link/link-pill.tsx';
import { usePageMarks } from '../features/link/use-page-marks.ts';
import { useUnsaved } from '../features/person/drafts-context.tsx';
import { NobodyOpen } from '../features/person/nobody-open.tsx';
import { SearchField } from '../features/search/search-field.tsx';
import { ThemeButton } from '../features/theme/theme-button.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwnGroups } from '../own/own-context.tsx';
import { Brand } from './brand.tsx';
import { useEverywhere } from './everywhere-context.ts';
import { LazyOpenPanel, usePanelAhead } from './lazy-open-panel.tsx';
import { TopMenu } from './top-menu.tsx';
import { useGroupSheet } from './use-group-sheet.tsx';
import { useMedia } from './use-media.ts';
import { useOpenPerson } from './use-open-person.ts';
import { usePageKeys } from './use-page-keys.ts';
import { usePlace } from './use-place.ts';
import { useShown } from './use-shown.ts';
import './board-page.css';

/** The live board: groups on the left, tiles in the middle, the person opened on the right. */
export function BoardPage() {
  const t = useT();
  const { group, openId, open, hrefOf, goTo } = usePlace();
  const [query, setQuery] = useState('');
  const { ids, best, searched, belongs, elsewhere, hitsNow, ...arranged } = useShown(group, query);
  const words = useMemo(() => wordsOf(query), [query]);
  const unsaved = useUnsaved();
  const { show } = useEverywhere();
  const narrow = useMedia('(max-width: 1279px)');
  // There the search has a line of its own, below the rest of the bar.
  const narrowest = useMedia('(max-width: 720px) and (min-height: 480.1px)');
  const searchField = useRef<HTMLInputElement>(null);
  const grid = useRef<BoardGridHandle>(null);
  const heading = labelOf(t, group, useOwnGroups());
  const modal = narrow && openId !== null;
  const marks = useOwnMarks();
  const panel = useOpenPerson({ openId, open, modal, grid, searchField });
  const { openPerson, closePerson } = panel;
  const toTile = useCallback(() => grid.current?.focusTile(), []);
  const groupSheet = useGroupSheet({ group, goTo, onFocusLost: toTile });

  usePanelAhead();
  usePageMarks(heading);
  usePageKeys({
    onFind: panel.toSearch,
    onEscape: () => (openId === null ? setQuery('') : closePerson()),
    onFavourite: () => openId !== null && marks.toggleFavourite(openId),
    onTellMe: () => openId !== null && marks.toggleTellMe(openId),
  });

  const search = (
    <SearchField
      key="search"
      field={searchField}
      value={query}
      onChange={setQuery}
      onOpen={() => {
        const { best: hit, elsewhere: others } = hitsNow();
        const id = hit ?? others[0];
        if (id !== undefined) openPerson(id);
      }}
      onPalette={() => show('palette')}
      onLeave={() => grid.current?.focusTile(hitsNow().best ?? undefined)}
      news={searched ? t('search.found', { count: ids.length }) : ''}
    />
  );
  const barEnd = (
    <div key="end" className="top-bar-end">
      <LinkPill />
      <ThemeButton />
      <TopMenu />
    </div>
  );

  return (
    <div className="board-page">
      <header className="top-bar" inert={modal}>
        <Brand />
        {narrowest ? [barEnd, search] : [search, barEnd]}
      </header>
      <div className="board-nav" inert={modal}>
        <SideNav current={group} hrefOf={hrefOf} onChoose={goTo} {...groupSheet.ways} />
      </div>
      <Board inert={modal} onFocusLost={panel.onFocusLost}>
        <HeadLine heading={heading} belongs={belongs} found={searched ? ids.length : null}>
          <UpdatePill
            more={arranged.more.length}
            unfit={ids.filter((id) => arranged.unfit.has(id)).length}
            moved={arranged.moved}
            onUpdate={arranged.update}
          />
          <ViewSwitch />
        </HeadLine>
        <SearchWords value={words}>
          <BoardMiddle
            grid={grid}
            ids={ids}
            unfit={arranged.unfit}
            unsaved={unsaved}
            best={best}
            openId={openId}
            query={searched ? query.trim() : ''}
            elsewhere={elsewhere}
            group={group}
            onOpen={openPerson}
            onClear={() => {
              setQuery('');
              searchField.current?.focus();
            }}
            onEveryone={() => goTo(EVERYONE)}
            onEditGroup={groupSheet.ways.onEdit}
          />
        </SearchWords>
        <LinkBanner />
      </Board>
      {modal && <div className="board-veil" aria-hidden="true" onClick={closePerson} />}
      {openId !== null && (
        <LazyOpenPanel
          key={openId}
          id={openId}
          modal={modal}
          focusWanted={panel.focusWanted}
          news={modal && <LinkLine />}
          onClose={closePerson}
          onOpen={openPerson}
        />
      )}
      {openId === null && !narrow && <NobodyOpen />}
      {groupSheet.sheet}
    </div>
  );
}
