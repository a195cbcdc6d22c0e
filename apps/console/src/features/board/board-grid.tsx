import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TILE_GAP, TILE_HEIGHT } from './tile-size.ts';
import { Tile } from './tile.tsx';
import { useColumns } from './use-columns.ts';
import { useRovingFocus } from './use-roving-focus.ts';
import './board-grid.css';

export interface BoardGridHandle {
  /** Brings a tile into view and gives it the focus; without an id, the one that had it last. */
  focusTile: (id?: string) => void;
}

interface BoardGridProps {
  handle: Ref<BoardGridHandle>;
  ids: readonly string[];
  /** The extensions for which something was typed and is not saved. */
  unsaved: readonly string[];
  openId: string | null;
  hitId: string | null;
  onOpen: (id: string) => void;
}

/** The tiles, in rows of as many as fit; only the rows in view exist. */
export function BoardGrid({ handle, ids, unsaved, openId, hitId, onOpen }: BoardGridProps) {
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller);
  const rowOf = (index: number) => Math.floor(index / columns);
  const reached = useRovingFocus({
    ids,
    columns,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(rowOf(index)),
  });
  const reachedRow = rowOf(reached.index);

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => TILE_HEIGHT,
    gap: TILE_GAP,
    overscan: 3,
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
  useLayoutEffect(() => {
    if (hitId !== null) virtualizer.scrollToIndex(Math.floor(ids.indexOf(hitId) / columns));
  }, [hitId, ids, columns, virtualizer]);

  return (
    <div ref={scroller} className="board-grid">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tiles in it take the focus in turn */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={virtualizer.options.count}
        aria-colcount={columns}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={reached.onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- rows of a table cannot be placed freely
            role="row"
            aria-rowindex={index + 1}
            className="board-row"
            style={{
              transform: `translateY(${start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {ids.slice(index * columns, (index + 1) * columns).map((id, column) => (
              <Tile
                key={id}
                id={id}
                column={column + 1}
                open={id === openId}
                hit={id === hitId}
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
