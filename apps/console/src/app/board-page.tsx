import { useRef, useState } from 'react';
import { BoardMiddle } from './board-middle.tsx';
import { Board } from '../features/board/board.tsx';
import type { BoardGridHandle } from '../features/board/board-grid.tsx';
import { HeadLine } from '../features/board/head-line.tsx';
import { GroupNav } from '../features/groups/group-nav.tsx';
import { EVERYONE, labelOf } from '../features/groups/groups.ts';
import { LinkBanner } from '../features/link/link-banner.tsx';
import { LinkLine } from '../features/link/link-line.tsx';
import { LinkPill } from '../features/link/link-pill.tsx';
import { usePageMarks } from '../features/link/use-page-marks.ts';
import { useUnsaved } from '../features/person/drafts-context.tsx';
import { NobodyOpen } from '../features/person/nobody-open.tsx';
import { PersonPanel } from '../features/person/person-panel.tsx';
import { SearchField } from '../features/search/search-field.tsx';
import { ThemeButton } from '../features/theme/theme-button.tsx';
import { useT } from '../i18n/i18n-context.tsx';
import { useOwnGroups } from '../own/own-context.tsx';
import { Brand } from './brand.tsx';
import { TopMenu } from './top-menu.tsx';
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
  const { ids, best, searched, belongs, bestNow } = useShown(group, query);
  const unsaved = useUnsaved();
  const narrow = useMedia('(max-width: 1279px)');
  const searchField = useRef<HTMLInputElement>(null);
  const grid = useRef<BoardGridHandle>(null);
  const heading = labelOf(t, group, useOwnGroups());
  const modal = narrow && openId !== null;
  const panel = useOpenPerson({ openId, open, modal, grid, searchField });
  const { openPerson, closePerson } = panel;

  usePageMarks(heading);
  usePageKeys({
    onSlash: panel.toSearch,
    onEscape: () => (openId === null ? setQuery('') : closePerson()),
  });

  return (
    <div className="board-page">
      <header className="top-bar" inert={modal}>
        <Brand />
        <SearchField
          field={searchField}
          value={query}
          onChange={setQuery}
          onOpen={() => {
            const hit = bestNow();
            if (hit !== null) openPerson(hit);
          }}
          onLeave={() => grid.current?.focusTile(bestNow() ?? undefined)}
          news={searched ? t('search.found', { count: ids.length }) : ''}
        />
        <div className="top-bar-end">
          <LinkPill />
          <ThemeButton />
          <TopMenu />
        </div>
      </header>
      <div className="board-nav" inert={modal}>
        <GroupNav current={group} hrefOf={hrefOf} onChoose={goTo} />
      </div>
      <Board inert={modal} onFocusLost={panel.onFocusLost}>
        <HeadLine heading={heading} belongs={belongs} found={searched ? ids.length : null} />
        <BoardMiddle
          grid={grid}
          ids={ids}
          unsaved={unsaved}
          best={best}
          openId={openId}
          query={searched ? query.trim() : ''}
          group={group}
          onOpen={openPerson}
          onClear={() => {
            setQuery('');
            searchField.current?.focus();
          }}
          onEveryone={() => goTo(EVERYONE)}
        />
        <LinkBanner />
      </Board>
      {modal && <div className="board-veil" aria-hidden="true" onClick={closePerson} />}
      {openId !== null && (
        <PersonPanel
          key={openId}
          id={openId}
          modal={modal}
          focusWanted={panel.focusWanted}
          news={modal && <LinkLine />}
          onClose={closePerson}
        />
      )}
      {openId === null && !narrow && <NobodyOpen />}
    </div>
  );
}
