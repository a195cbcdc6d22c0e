import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import type { BoardViewProps } from '../../entities/extension/board-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { isRowVisible, useScroller } from '../../ui/use-scroller.ts';
import { useRovingFocus } from '../../keyboard/use-roving-focus.ts';
import { TILE_DIMENSIONS, type TileDensity, useColumns } from './tile-dimensions.ts';
import { Tile } from './tile.tsx';
import './board-grid.css';

/** The tiles, in rows of as many as fit; only the rows in view exist. */
export function BoardGrid(props: BoardViewProps & { density: TileDensity }) {
  const { handle, ids, stale, unsaved, openId, highlightedId, density, onOpen } = props;
  const t = useT();
  const size = TILE_DIMENSIONS[density];
  const container = useRef<HTMLDivElement>(null);
  const { element: scroller, offsetTop } = useScroller(container);
  const columns = useColumns(container, size);
  const rowOf = (index: number) => Math.floor(index / columns);
  const rovingFocus = useRovingFocus({
    ids,
    columns,
    rowPitch: size.height + size.gap,
    container,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(rowOf(index)),
  });
  const focusedRow = rowOf(rovingFocus.index);

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller,
    scrollMargin: offsetTop,
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
      return focusedRow >= range.count || rows.includes(focusedRow)
        ? rows
        : [...rows, focusedRow].toSorted((a, b) => a - b);
    },
  });

  useImperativeHandle(handle, () => ({ focusTile: rovingFocus.focus }));
  const scrollToHighlighted = useEffectEvent((id: string) => {
    const row = rowOf(ids.indexOf(id));
    if (!isRowVisible(virtualizer, row)) virtualizer.scrollToIndex(row);
  });
  useEffect(() => {
    if (highlightedId === null) return undefined;
    // In a frame of its own: the browser lays the page out to scroll, which is not to hold up the key that was typed.
    const frame = requestAnimationFrame(() => scrollToHighlighted(highlightedId));
    return () => cancelAnimationFrame(frame);
  }, [highlightedId, columns]);
  useLayoutEffect(() => virtualizer.measure(), [size, virtualizer]);

  const sizes: CSSProperties & Record<`--${string}`, string> = {
    height: virtualizer.getTotalSize(),
    '--tile-height': `${size.height}px`,
    '--tile-gap': `${size.gap}px`,
    '--columns': String(columns),
  };
  return (
    <div ref={container} className="board-grid" data-density={density}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tiles in it take the focus in turn */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={virtualizer.options.count}
        aria-colcount={columns}
        style={sizes}
        onKeyDown={rovingFocus.onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows of a table cannot be placed freely
            role="row"
            aria-rowindex={index + 1}
            className="board-row"
            style={{ transform: `translateY(${start - offsetTop}px)` }}
          >
            {ids.slice(index * columns, (index + 1) * columns).map((id, column) => (
              <Tile
                key={id}
                id={id}
                column={column + 1}
                open={id === openId}
                highlighted={id === highlightedId}
                stale={stale.has(id)}
                unsaved={unsaved.includes(id)}
                tabbable={id === rovingFocus.id}
                onOpen={onOpen}
                onFocusTile={rovingFocus.markFocused}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
