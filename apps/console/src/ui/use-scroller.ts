import { type RefObject, useLayoutEffect, useState } from 'react';

interface Scroller {
  readonly element: HTMLElement | null;
  /** Pixels from the top of all that it scrolls to that of the frame. */
  readonly above: number;
}

/** What scrolls a frame of rows: the frame itself or, where the window is low, the page around it. */
export function useScroller(frame: RefObject<HTMLElement | null>): Scroller {
  const [scroller, setScroller] = useState<Scroller>({ element: null, above: 0 });

  useLayoutEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const measure = () => {
      const element = scrollerOf(current) ?? current;
      const offset = current.getBoundingClientRect().top - element.getBoundingClientRect().top;
      const above = element === current ? 0 : Math.round(offset + element.scrollTop);
      setScroller((was) => (was.element === element && was.above === above ? was : { element, above }));
    };
    measure();
    // What stands above it in the page is part of what holds both.
    const observer = new ResizeObserver(measure);
    for (const element of [current, current.parentElement]) if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);

  return scroller;
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  if (getComputedStyle(element).overflowY === 'auto') return element;
  return element.parentElement === null ? null : scrollerOf(element.parentElement);
}
