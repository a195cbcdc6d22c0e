import { type RefObject, useLayoutEffect, useState } from 'react';
import { TILE_GAP, TILE_MIN_WIDTH } from './tile-size.ts';

/** How many columns of tiles fit, as `repeat(auto-fill, minmax(228px, 1fr))` would have it; `width` in pixels. */
export function columnsFor(width: number): number {
  return Math.max(1, Math.floor((width + TILE_GAP) / (TILE_MIN_WIDTH + TILE_GAP)));
}

export function useColumns(element: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(1);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(current);
      const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
      setColumns(columnsFor(current.clientWidth - padding));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);

  return columns;
}
