import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import type { BoardViewProps } from '../../extension/board-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { isInView } from '../../ui/is-in-view.ts';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { useScroller } from '../../ui/use-scroller.ts';
import { TILE_SIZES, type TileDensity } from './tile-size.ts';
import { Tile } from './tile.tsx';
import { useColumns } from './use-columns.ts';
import './board-grid.css';
import './densities.css';

/** The tiles, in rows of as many as fit; only the rows in view exist. */
export function BoardGrid(props: BoardViewProps & { density: TileDensity }) {
  const { handle, ids, unfit, unsaved, openId, hitId, density, onOpen } = props;
  const t = useT();
  const size = TILE_SIZES[density];
  const frame = useRef<HTMLDivElement>(null);
  const { element: scroller, above } = useScroller(frame);
  const columns = useColumns(frame, size);
  const rowOf = (index: number) => Math.floor(index / columns);
  const reached = useRovingFocus({
    ids,
    columns,
    rowPitch: size.height + size.gap,
    frame,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(rowOf(index)),
  });
  const reachedRow = rowOf(reached.index);

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller,
    scrollMargin: above,
    estimateSize: () => size.height,
    gap: size.gap,
    overscan: 2,
    paddingStart: 4,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 24,
    useFlushSync: false,
    // The tile with the focus stays, however far it is scrolled away.
    rangeExtractor: (range: Range) => {
      const rows = defaultRangeExtractor(range);
      return reachedRow >= range.count || rows.includes(reachedRow)
        ? rows
        : [...rows, reachedRow].toSorted((a, b) => a - b);
    },
  });

  useImperativeHandle(handle, () => ({ focusTile: reached.focus }));
  const showHit = useEffectEvent((hit: string) => {
    const row = rowOf(ids.indexOf(hit));
    if (!isInView(virtualizer, row)) virtualizer.scrollToIndex(row);
  });
  useEffect(() => {
    if (hitId === null) return undefined;
    // In a frame of its own: the browser lays the page out to scroll, which is not to hold up the key that was typed.
    const frame = requestAnimationFrame(() => showHit(hitId));
    return () => cancelAnimationFrame(frame);
  }, [hitId, columns]);
  useLayoutEffect(() => virtualizer.measure(), [size, virtualizer]);

  const sizes: CSSProperties & Record<`--${string}`, string> = {
    height: virtualizer.getTotalSize(),
    '--tile-height': `${size.height}px`,
    '--tile-gap': `${size.gap}px`,
    '--columns': String(columns),
  };
  return (
    <div ref={frame} className="board-grid" data-density={density}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tiles in it take the focus in turn */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={virtualizer.options.count}
        aria-colcount={columns}
        style={sizes}
        onKeyDown={reached.onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows of a table cannot be placed freely
            role="row"
            aria-rowindex={index + 1}
            className="board-row"
            style={{ transform: `translateY(${start - above}px)` }}
          >
            {ids.slice(index * columns, (index + 1) * columns).map((id, column) => (
              <Tile
                key={id}
                id={id}
                column={column + 1}
                open={id === openId}
                hit={id === hitId}
                unfit={unfit.has(id)}
                unsaved={unsaved.includes(id)}
                reachable={id === reached.id}
                onOpen={onOpen}
                onReach={reached.reach}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
