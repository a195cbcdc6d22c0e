import type { Density } from '@lampboard/protocol';
import type { RefObject } from 'react';
import { useMeasurement } from '../../ui/use-measurement.ts';

interface ColumnSize {
  readonly minWidth: number;
  readonly gap: number;
}

/** Returns the columns that `repeat(auto-fill, minmax(…, 1fr))` would have; `width` in pixels. */
export function columnsFor(width: number, { minWidth, gap }: ColumnSize): number {
  return Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
}

function contentWidth(element: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
  return element.clientWidth - padding;
}

export function useColumns(element: RefObject<HTMLElement | null>, size: ColumnSize): number {
  return columnsFor(useMeasurement(element, contentWidth, 0), size);
}

/** In pixels. */
interface TileDimensions {
  readonly height: number;
  readonly minWidth: number;
  readonly gap: number;
}

/** `slim` replaces roomy and regular in a very low window. */
export type TileDensity = Density | 'slim';

/** Roomy is readable from 80 cm, compact is one line. The height never depends on the content. */
export const TILE_DIMENSIONS: Readonly<Record<TileDensity, TileDimensions>> = {
  roomy: { height: 126, minWidth: 308, gap: 12 },
  regular: { height: 90, minWidth: 228, gap: 8 },
  slim: { height: 70, minWidth: 228, gap: 6 },
  compact: { height: 36, minWidth: 300, gap: 6 },
};
