import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { MAX_TILE_HEIGHT, type Size, type WallGroup, type WallPage, paginate, zoomOf } from './paginate.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOutages } from '../../data/socket/live-context.tsx';
import { areLive } from '../../data/socket/connection-state.ts';
import { useMeasurement } from '../../ui/use-measurement.ts';
import { usePageRotation } from './page-rotation.ts';
import { useKioskMode } from './use-kiosk-mode.ts';
import { WallHeader, type WallStatus } from './wall-header.tsx';
import { WallTile } from './wall-tile.tsx';
import './wall.css';

interface WallProps {
  groups: readonly WallGroup[];
  seconds: number;
  status: WallStatus | null;
  emptyMessage: string;
}

/** Read-only board for an unattended large screen. */
export function Wall({ groups, seconds, status, emptyMessage }: WallProps) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  const outages = useOutages();
  const size = useMeasurement<Size | null>(root, innerSize, null);
  const pages = useMemo(() => (size === null ? [] : paginate(groups, size)), [groups, size]);
  const { page, pageNumber, paused } = usePageRotation(pages, seconds);
  const live = useMemo(() => areLive(outages, page?.ids ?? []), [outages, page]);
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
        <p className="wall-empty">{status === null ? emptyMessage : status.summary}</p>
      ) : (
        <ul key={page.key} className="wall-page" aria-label={page.group.title} style={styleOf(page)}>
          {page.ids.map((id) => (
            <WallTile key={id} id={id} />
          ))}
        </ul>
      )}
    </main>
  );
}

const styleOf = ({ unit, columns, rows }: WallPage): CSSProperties & Record<`--${string}`, string> => ({
  '--k': String(zoomOf(unit)),
  '--tile-height': '100%',
  gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
  gridTemplateRows: `repeat(${rows}, minmax(0, ${MAX_TILE_HEIGHT * unit}px))`,
});

const innerSize = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: clientHeight,
});

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
