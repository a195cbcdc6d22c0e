import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { BoardViewProps } from '../../extension/board-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { isInView } from '../../ui/is-in-view.ts';
import { useRovingFocus } from '../../ui/use-roving-focus.ts';
import { useScroller } from '../../ui/use-scroller.ts';
import { COLUMNS, HEAD_HEIGHT, NARROW, ROW_HEIGHT } from './columns.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { useIsNarrow } from './use-is-narrow.ts';
import './table-cells.css';
import './table.css';
import './table-widths.css';

/** The same extensions as a table, a row for each; only the rows in view exist. */
export function TableGrid({ handle, ids, unfit, unsaved, openId, hitId, onOpen }: BoardViewProps) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const { element: scroller, above } = useScroller(frame);
  const narrow = useIsNarrow(frame, NARROW);
  const rowHeight = narrow ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide;
  const reached = useRovingFocus({
    ids,
    columns: 1,
    rowPitch: rowHeight,
    frame,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  });

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    scrollMargin: above,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollPaddingStart: HEAD_HEIGHT + 6,
    scrollPaddingEnd: 24,
    paddingStart: HEAD_HEIGHT,
    useFlushSync: false,
    // The row with the focus stays, however far it is scrolled away.
    rangeExtractor: (range: Range) => {
      const rows = defaultRangeExtractor(range);
      return reached.index >= range.count || rows.includes(reached.index)
        ? rows
        : [...rows, reached.index].toSorted((a, b) => a - b);
    },
  });

  useImperativeHandle(handle, () => ({ focusTile: reached.focus }));
  const showHit = useEffectEvent((hit: string) => {
    const row = ids.indexOf(hit);
    if (!isInView(virtualizer, row)) virtualizer.scrollToIndex(row);
  });
  useEffect(() => {
    if (hitId === null) return undefined;
    // In a frame of its own: the browser lays the page out to scroll, which is not to hold up the key that was typed.
    const frame = requestAnimationFrame(() => showHit(hitId));
    return () => cancelAnimationFrame(frame);
  }, [hitId]);
  useLayoutEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  return (
    <div ref={frame} className="table-grid">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the rows in it take the focus in turn */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={ids.length + 1}
        aria-colcount={COLUMNS.length}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={reached.onKeyDown}
      >
        <TableHead />
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <TableRow
                key={id}
                id={id}
                index={index}
                start={start - above}
                open={id === openId}
                hit={id === hitId}
                unfit={unfit.has(id)}
                unsaved={unsaved.includes(id)}
                reachable={id === reached.id}
                onOpen={onOpen}
                onReach={reached.reach}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
