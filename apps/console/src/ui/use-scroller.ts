import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

interface Scroller {
  readonly element: HTMLElement | null;
  /** Pixels from the top of all that it scrolls to that of the frame. */
  readonly offsetTop: number;
}

/** What scrolls a frame of rows: the frame itself or, where the window is low, the page around it. */
export function useScroller(container: RefObject<HTMLElement | null>): Scroller {
  const [scroller, setScroller] = useState<Scroller>({ element: null, offsetTop: 0 });

  useLayoutEffect(() => {
    const { current } = container;
    if (current === null) return undefined;
    const measure = () => {
      const element = scrollerOf(current) ?? current;
      const offset = current.getBoundingClientRect().top - element.getBoundingClientRect().top;
      const offsetTop = element === current ? 0 : Math.round(offset + element.scrollTop);
      setScroller((previous) =>
        previous.element === element && previous.offsetTop === offsetTop ? previous : { element, offsetTop },
      );
    };
    measure();
    // What stands above it in the page is part of what holds both.
    const observer = new ResizeObserver(measure);
    for (const element of [current, current.parentElement]) if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [container]);

  return scroller;
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  if (getComputedStyle(element).overflowY === 'auto') return element;
  return element.parentElement === null ? null : scrollerOf(element.parentElement);
}

/** Whether a whole row is in view for sure: scrolling to it would have the browser lay the page out to find that out. */
export function isRowVisible(
  { range, scrollOffset }: Pick<Virtualizer<HTMLDivElement, Element>, 'range' | 'scrollOffset'>,
  row: number,
): boolean {
  if (scrollOffset === 0 && row === 0) return true;
  return range !== null && row > range.startIndex && row < range.endIndex;
}
