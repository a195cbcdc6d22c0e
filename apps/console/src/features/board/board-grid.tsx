import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { stepOf } from './steps.ts';
import { Tile } from './tile.tsx';
import { GAP, useColumns } from './use-columns.ts';
import './board-grid.css';

/** Pixels, as in tile.css. */
const TILE_HEIGHT = 90;

export interface BoardGridHandle {
  /** Brings a tile into view and gives it the focus; without an id, the one that had it last. */
  focusTile: (id?: string) => void;
}

export interface BoardGridProps {
  handle: Ref<BoardGridHandle>;
  ids: readonly string[];
  openId: string | null;
  hitId: string | null;
  onOpen: (id: string) => void;
}

/** The tiles, in rows of as many as fit; only the rows in view exist. */
export function BoardGrid({ handle, ids, openId, hitId, onOpen }: BoardGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller);
  const [reached, setReached] = useState<string | null>(null);
  const toFocus = useRef<string | null>(null);
  const hasFocus = useRef(false);

  const reachedIndex = reached === null ? 0 : Math.max(0, ids.indexOf(reached));
  const reachedRow = Math.floor(reachedIndex / columns);
  const reachedId = ids[reachedIndex] ?? null;

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => TILE_HEIGHT,
    gap: GAP,
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

  const goTo = useCallback(
    (id: string) => {
      toFocus.current = id;
      setReached(id);
      virtualizer.scrollToIndex(Math.floor(ids.indexOf(id) / columns));
    },
    [ids, columns, virtualizer],
  );
  useImperativeHandle(handle, () => ({
    focusTile: (id) => {
      const target = id !== undefined && ids.includes(id) ? id : reachedId;
      if (target === null) return;
      goTo(target);
      focusNow(scroller.current, target);
    },
  }));
  useLayoutEffect(() => {
    if (toFocus.current === null) return;
    focusNow(scroller.current, toFocus.current);
    toFocus.current = null;
  }, [reached]);
  // Another number of columns puts the tiles into other rows, and the focus with them.
  useLayoutEffect(() => {
    if (hasFocus.current && reachedId !== null && document.activeElement === document.body) {
      goTo(reachedId);
      focusNow(scroller.current, reachedId);
    }
    // oxlint-disable-next-line react/exhaustive-deps -- only when the columns change
  }, [columns]);
  useLayoutEffect(() => {
    if (hitId !== null) virtualizer.scrollToIndex(Math.floor(ids.indexOf(hitId) / columns));
  }, [hitId, ids, columns, virtualizer]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (TILE_HEIGHT + GAP)) - 1);
    const index = stepOf(event, { index: reachedIndex, count: ids.length, columns, page });
    const id = index === null ? undefined : ids[index];
    if (id === undefined) return;
    event.preventDefault();
    goTo(id);
  };

  return (
    <div ref={scroller} className="board-grid">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tiles in it take the focus in turn */}
      <div
        role="grid"
        aria-label="Extensions"
        aria-rowcount={virtualizer.options.count}
        aria-colcount={columns}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={() => {
          hasFocus.current = false;
        }}
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
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
              <div key={id} role="gridcell" aria-colindex={column + 1}>
                <Tile
                  id={id}
                  open={id === openId}
                  hit={id === hitId}
                  reachable={id === reachedId}
                  onOpen={onOpen}
                  onReach={setReached}
                />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function focusNow(root: HTMLElement | null, id: string): void {
  root?.querySelector<HTMLElement>(`[data-extension="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
