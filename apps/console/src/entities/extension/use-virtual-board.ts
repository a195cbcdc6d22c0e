import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect } from 'react';
import { useRovingFocus } from '../../keyboard/use-roving-focus.ts';
import { isItemInView, useScroller } from '../../ui/use-scroller.ts';
import type { BoardViewProps } from './board-view-props.ts';
import type { ExtensionCellProps } from './use-extension-cell.ts';

/** Lengths in pixels. */
interface VirtualBoardOptions {
  container: RefObject<HTMLDivElement | null>;
  columns: number;
  lineHeight: number;
  gap: number;
  overscan: number;
  paddingStart: number;
  scrollPaddingStart: number;
}

/** Virtualized lines of extensions with roving focus; scrolls to the highlighted extension. */
export function useVirtualBoard(
  { handle, ids, stale, unsaved, openId, highlightedId, onOpen }: BoardViewProps,
  { container, columns, lineHeight, gap, ...paddings }: VirtualBoardOptions,
) {
  const { element: scroller, offsetTop } = useScroller(container);
  const lineOf = (index: number) => Math.floor(index / columns);
  const rovingFocus = useRovingFocus({
    ids,
    columns,
    linePitch: lineHeight + gap,
    container,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(lineOf(index)),
  });
  const focusedLine = lineOf(rovingFocus.index);

  // oxlint-disable-next-line react/incompatible-library -- not passed to memoized components
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller,
    scrollMargin: offsetTop,
    estimateSize: () => lineHeight,
    gap,
    ...paddings,
    scrollPaddingEnd: 24,
    useFlushSync: false,
    // The focused line stays mounted however far it is scrolled away.
    rangeExtractor: (range: Range) => {
      const lines = defaultRangeExtractor(range);
      return focusedLine >= range.count || lines.includes(focusedLine)
        ? lines
        : [...lines, focusedLine].toSorted((a, b) => a - b);
    },
  });

  useImperativeHandle(handle, () => ({ focusTile: rovingFocus.focus }));
  const scrollToHighlighted = useEffectEvent((id: string) => {
    const line = lineOf(ids.indexOf(id));
    if (!isItemInView(virtualizer, line)) virtualizer.scrollToIndex(line);
  });
  useEffect(() => {
    if (highlightedId === null) return undefined;
    // In its own frame: scrolling forces a layout, which would delay the typed key.
    const frame = requestAnimationFrame(() => scrollToHighlighted(highlightedId));
    return () => cancelAnimationFrame(frame);
  }, [highlightedId, columns]);
  useLayoutEffect(() => virtualizer.measure(), [lineHeight, gap, virtualizer]);

  const cellProps = (id: string): ExtensionCellProps => ({
    id,
    open: id === openId,
    highlighted: id === highlightedId,
    stale: stale.has(id),
    unsaved: unsaved.includes(id),
    tabbable: id === rovingFocus.id,
    onOpen,
    onFocusTile: rovingFocus.markFocused,
  });
  return { virtualizer, onKeyDown: rovingFocus.onKeyDown, offsetTop, cellProps };
}
