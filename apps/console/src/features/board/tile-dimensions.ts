import type { Density } from '@lampboard/protocol';
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

/** Pixels. */
interface TileDimensions {
  readonly height: number;
  /** Narrower ones would cut most names. */
  readonly minWidth: number;
  /** Between tiles. */
  readonly gap: number;
}

/** `slim`: what becomes of roomy and regular where the window is so low that two tiles just fit. */
export type TileDensity = Density | 'slim';

/** Roomy is for eyes 80 cm away, compact is a line for each. Whatever a tile says, its height is the same. */
export const TILE_DIMENSIONS: Readonly<Record<TileDensity, TileDimensions>> = {
  roomy: { height: 126, minWidth: 308, gap: 12 },
  regular: { height: 90, minWidth: 228, gap: 8 },
  slim: { height: 70, minWidth: 228, gap: 6 },
  compact: { height: 36, minWidth: 300, gap: 6 },
};
