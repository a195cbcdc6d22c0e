import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

interface Scroller {
  readonly element: HTMLElement | null;
  /** Pixels from the top of the scrolled content to the container. */
  readonly offsetTop: number;
}

/** Returns what scrolls the container: itself or, in a low window, an ancestor. */
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
    // The parent's size includes what is above the container.
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

/** True if an item is certainly in view: scrolling to it would make the browser lay out the page to find out. */
export function isItemInView(
  { range, scrollOffset }: Pick<Virtualizer<HTMLDivElement, Element>, 'range' | 'scrollOffset'>,
  index: number,
): boolean {
  if (scrollOffset === 0 && index === 0) return true;
  return range !== null && index > range.startIndex && index < range.endIndex;
}
