import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useMemo } from 'react';
import { type GridLines, evenLines, lineOf } from '../../keyboard/grid-navigation.ts';
import { useRovingFocus } from '../../keyboard/use-roving-focus.ts';
import { isItemInView, useScroller } from '../../ui/use-scroller.ts';
import type { BoardViewProps } from './board-view-props.ts';
import type { ExtensionCellProps } from './use-extension-cell.ts';

/** Lines of extensions, and headings between them. */
export interface BoardLayout {
  /** Of extensions. */
  readonly lines: GridLines;
  /** The number of all lines. */
  readonly size: number;
  /** Returns the place of a line of extensions among all lines. */
  readonly positionOf: (line: number) => number;
  /** Null: a line of extensions; else the height of a heading. */
  readonly headingHeightOf: (position: number) => number | null;
}

/** Lengths in pixels. */
interface VirtualBoardOptions {
  container: RefObject<HTMLDivElement | null>;
  layout: BoardLayout;
  /** With the gap below. */
  lineHeight: number;
  /** Lines beyond the visible ones; of a whole board, all. */
  overscan: number;
  paddingStart: number;
  scrollPaddingStart: number;
}

/** The same for all layouts, so that a typed key measures nothing again. */
const noHeadings = () => null;
const samePosition = (line: number) => line;

/** Returns lines of `columns` extensions without headings. */
export function evenLayout(count: number, columns: number): BoardLayout {
  const lines = evenLines(count, columns);
  return { lines, size: lines.length, positionOf: samePosition, headingHeightOf: noHeadings };
}

/** Virtualized lines of extensions with roving focus; scrolls to the highlighted extension. */
export function useVirtualBoard(
  { handle, ids, whole, stale, unsaved, openId, highlightedId, onOpen }: BoardViewProps,
  { container, layout, lineHeight, overscan, ...paddings }: VirtualBoardOptions,
) {
  const { element: scroller, offsetTop } = useScroller(container);
  const { lines, size } = layout;
  const positionOf = (index: number) => layout.positionOf(lineOf(lines, index));
  const rovingFocus = useRovingFocus({
    ids,
    lines,
    linePitch: lineHeight,
    container,
    scroller,
    scrollTo: (index) => virtualizer.scrollToIndex(positionOf(index)),
  });
  const focusedLine = positionOf(rovingFocus.index);
  const { headingHeightOf } = layout;
  const heightOf = useMemo(() => {
    const keyOf = (position: number) => position;
    return { keyOf, at: (position: number) => headingHeightOf(position) ?? lineHeight };
  }, [headingHeightOf, lineHeight]);

  // oxlint-disable-next-line react/incompatible-library -- not passed to memoized components
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: size,
    overscan: whole ? size : overscan,
    getScrollElement: () => scroller,
    scrollMargin: offsetTop,
    estimateSize: heightOf.at,
    // Another function makes the virtualizer measure again, in this render.
    getItemKey: heightOf.keyOf,
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
    const line = positionOf(ids.indexOf(id));
    if (!isItemInView(virtualizer, line)) virtualizer.scrollToIndex(line);
  });
  useEffect(() => {
    if (highlightedId === null) return undefined;
    // In its own frame: scrolling forces a layout, which would delay the typed key.
    const frame = requestAnimationFrame(() => scrollToHighlighted(highlightedId));
    return () => cancelAnimationFrame(frame);
  }, [highlightedId, layout]);

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
