import {
  type RefObject,
  useLayoutEffect,
  useState,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
} from 'react';
import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { BoardViewProps } from '../../entities/extension/board-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { isRowVisible, useScroller } from '../../ui/use-scroller.ts';
import { useRovingFocus } from '../../keyboard/use-roving-focus.ts';
import { COLUMNS, HEADER_HEIGHT_PX, NARROW_WIDTH_PX, ROW_HEIGHT_PX } from './columns.ts';
import { TableHeader } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import './table-grid.css';

/** The same extensions as a table, a row for each; only the rows in view exist. */
export function TableGrid({ handle, ids, stale, unsaved, openId, highlightedId, onOpen }: BoardViewProps) {
  const t = useT();
  const container = useRef<HTMLDivElement>(null);
  const { element: scroller, offsetTop } = useScroller(container);
  const narrow = useIsNarrow(container, NARROW_WIDTH_PX);
  const rowHeight = narrow ? ROW_HEIGHT_PX.narrow : ROW_HEIGHT_PX.wide;
  const rovingFocus = useRovingFocus({
    ids,
    columns: 1,
    rowPitch: rowHeight,
    container,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  });

  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoized
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    scrollMargin: offsetTop,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollPaddingStart: HEADER_HEIGHT_PX + 6,
    scrollPaddingEnd: 24,
    paddingStart: HEADER_HEIGHT_PX,
    useFlushSync: false,
    // The row with the focus stays, however far it is scrolled away.
    rangeExtractor: (range: Range) => {
      const rows = defaultRangeExtractor(range);
      return rovingFocus.index >= range.count || rows.includes(rovingFocus.index)
        ? rows
        : [...rows, rovingFocus.index].toSorted((a, b) => a - b);
    },
  });

  useImperativeHandle(handle, () => ({ focusTile: rovingFocus.focus }));
  const scrollToHighlighted = useEffectEvent((id: string) => {
    const row = ids.indexOf(id);
    if (!isRowVisible(virtualizer, row)) virtualizer.scrollToIndex(row);
  });
  useEffect(() => {
    if (highlightedId === null) return undefined;
    // In a frame of its own: the browser lays the page out to scroll, which is not to hold up the key that was typed.
    const frame = requestAnimationFrame(() => scrollToHighlighted(highlightedId));
    return () => cancelAnimationFrame(frame);
  }, [highlightedId]);
  useLayoutEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  return (
    <div ref={container} className="table-grid">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the rows in it take the focus in turn */}
      <div
        role="grid"
        aria-label={t('board.extensions')}
        aria-rowcount={ids.length + 1}
        aria-colcount={COLUMNS.length}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={rovingFocus.onKeyDown}
      >
        <TableHeader />
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <TableRow
                key={id}
                id={id}
                index={index}
                start={start - offsetTop}
                open={id === openId}
                highlighted={id === highlightedId}
                stale={stale.has(id)}
                unsaved={unsaved.includes(id)}
                tabbable={id === rovingFocus.id}
                onOpen={onOpen}
                onFocusTile={rovingFocus.markFocused}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Whether an element is less than so many pixels wide. */
function useIsNarrow(element: RefObject<HTMLElement | null>, maxWidth: number): boolean {
  const [narrow, setNarrow] = useState(false);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => setNarrow(current.clientWidth > 0 && current.clientWidth < maxWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, maxWidth]);

  return narrow;
}
