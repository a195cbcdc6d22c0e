import { type RefObject, useLayoutEffect, useState } from 'react';

interface ColumnSize {
  /** Pixels. */
  readonly minWidth: number;
  readonly gap: number;
}

/** How many columns of tiles fit, as `repeat(auto-fill, minmax(…, 1fr))` would have it; `width` in pixels. */
export function columnsFor(width: number, { minWidth, gap }: ColumnSize): number {
  return Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
}

export function useColumns(element: RefObject<HTMLElement | null>, size: ColumnSize): number {
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(current);
      const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
      setWidth(current.clientWidth - padding);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);

  return columnsFor(width, size);
}
