import { useEffect, useState, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { type Size, type WallGroup, layoutPages } from './page-layout.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../data/socket/live-context.tsx';
import { usePageRotation } from './page-rotation.ts';
import { useKioskMode } from './use-kiosk-mode.ts';
import { WallHeader } from './wall-header.tsx';
import { WallTile } from './wall-tile.tsx';
import './wall.css';

interface WallProps {
  groups: readonly WallGroup[];
  /** For so many seconds each page is seen. */
  seconds: number;
  /** What is the matter, and since when, where the board is not live. */
  status: { readonly summary: string; readonly since: string | null };
  /** What stands there where there is nobody to show. */
  emptyMessage: string;
}

/** For a large screen on a wall: read only, nothing to operate, and able to stay alone for ever. */
export function Wall({ groups, seconds, status, emptyMessage }: WallProps) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  const live = useIsLive();
  const size = useElementSize(root);
  const pages = useMemo(() => (size === null ? [] : layoutPages(groups, size)), [groups, size]);
  const { page, pageNumber, paused } = usePageRotation(pages, seconds);
  const isIdle = useIdlePointer();
  useKioskMode();

  return (
    <main ref={root} className="wall" data-link={live ? 'live' : 'down'} data-idle={isIdle || undefined}>
      <WallHeader
        group={page?.group ?? null}
        pageNumber={pageNumber}
        pageCount={pages.length}
        paused={paused}
        status={status}
      />
      <p className="visually-hidden">{t('wall.hint', { seconds })}</p>
      {page === null ? (
        <p className="wall-empty">{live ? emptyMessage : status.summary}</p>
      ) : (
        <ul
          key={page.key}
          className="wall-page"
          aria-label={page.group.title}
          style={{
            fontSize: `${page.unit}px`,
            gridTemplateColumns: `repeat(${page.columns}, minmax(0, 1fr))`,
            gridTemplateRows: `repeat(${page.rows}, minmax(0, 13em))`,
          }}
        >
          {page.ids.map((id) => (
            <WallTile key={id} id={id} />
          ))}
        </ul>
      )}
    </main>
  );
}

/** How large an element is, without its padding; null until it was measured. */
function useElementSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);

  return size;
}

/** The pointer has not moved for so many milliseconds. */
const IDLE_MS = 2000;

function useIdlePointer(): boolean {
  const [isIdle, setIsIdle] = useState(true);
  useEffect(() => {
    let timer: number | null = null;
    const onMove = () => {
      setIsIdle(false);
      if (timer !== null) window.clearTimeout(timer);
      timer = window.setTimeout(() => setIsIdle(true), IDLE_MS);
    };
    document.addEventListener('pointermove', onMove);
    return () => {
      document.removeEventListener('pointermove', onMove);
      if (timer !== null) window.clearTimeout(timer);
    };
  }, []);
  return isIdle;
}
