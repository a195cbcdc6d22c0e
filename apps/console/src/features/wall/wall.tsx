import { useMemo, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useIsLive } from '../../live/live-context.tsx';
import { type WallPart, pagesOf } from './paging.ts';
import { useRotation } from './use-rotation.ts';
import { useSize } from './use-size.ts';
import { useStill } from './use-still.ts';
import { useUnattended } from './use-unattended.ts';
import { WallHead } from './wall-head.tsx';
import { WallTile } from './wall-tile.tsx';
import './wall.css';

interface WallProps {
  parts: readonly WallPart[];
  /** For so many seconds each page is seen. */
  seconds: number;
  /** What is the matter, and since when, where the board is not live. */
  news: { readonly what: string; readonly since: string | null };
  /** What stands there where there is nobody to show. */
  nobody: string;
}

/** For a large screen on a wall: read only, nothing to operate, and able to stay alone for ever. */
export function Wall({ parts, seconds, news, nobody }: WallProps) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  const live = useIsLive();
  const size = useSize(root);
  const pages = useMemo(() => (size === null ? [] : pagesOf(parts, size)), [parts, size]);
  const { page, place, paused } = useRotation(pages, seconds);
  const still = useStill();
  useUnattended();

  return (
    <main ref={root} className="wall" data-link={live ? 'live' : 'down'} data-still={still || undefined}>
      <WallHead part={page?.part ?? null} place={place} of={pages.length} paused={paused} news={news} />
      <p className="unseen">{t('wall.hint', { seconds })}</p>
      {page === null ? (
        <p className="wall-nobody">{live ? nobody : news.what}</p>
      ) : (
        <ul
          key={page.key}
          className="wall-page"
          aria-label={page.part.title}
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
