import type { Density } from '@lampboard/protocol';
import type { RefObject } from 'react';
import { useMeasurement } from '../../ui/use-measurement.ts';

/** In pixels. */
interface TileDimensions {
  readonly height: number;
  readonly minWidth: number;
  readonly gap: number;
  /** By which all sizes on a tile are multiplied. */
  readonly zoom: number;
}

/** `slim` replaces roomy and regular on a phone and in a very low window. */
export type TileDensity = Density | 'slim';

/** The height never depends on the content: four lines of text, on a phone three, compact one. */
const DIMENSIONS: Readonly<Record<TileDensity, TileDimensions>> = {
  roomy: { height: 88, minWidth: 228, gap: 8, zoom: 1.3 },
  regular: { height: 88, minWidth: 228, gap: 8, zoom: 1 },
  slim: { height: 70, minWidth: 228, gap: 6, zoom: 1 },
  compact: { height: 34, minWidth: 260, gap: 6, zoom: 1 },
};

/** From this width on, tiles grow with the board, up to the largest zoom. */
const GROWS_FROM_PX = 1720;
const MAX_ZOOM = 1.6;
const ZOOM_STEP = 0.05;

/** Returns the sizes of tiles on a board of a width. */
export function tileDimensions(density: TileDensity, width: number): TileDimensions {
  const { height, minWidth, gap, zoom } = DIMENSIONS[density];
  const growth = Math.max(1, width / GROWS_FROM_PX);
  const grown = Math.min(MAX_ZOOM, Math.floor((zoom * growth) / ZOOM_STEP + 1e-9) * ZOOM_STEP);
  return { height: Math.round(height * grown), minWidth: minWidth * grown, gap, zoom: grown };
}

/** Returns the columns that `repeat(auto-fill, minmax(…, 1fr))` would have; `width` in pixels. */
export function columnsFor(
  width: number,
  { minWidth, gap }: Pick<TileDimensions, 'minWidth' | 'gap'>,
): number {
  return Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
}

function contentWidth(element: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
  return element.clientWidth - padding;
}

/** Returns sizes and columns of the tiles in an element. */
export function useTileDimensions(
  element: RefObject<HTMLElement | null>,
  density: TileDensity,
): TileDimensions & { readonly columns: number } {
  const width = useMeasurement(element, contentWidth, 0);
  const dimensions = tileDimensions(density, width);
  return { ...dimensions, columns: columnsFor(width, dimensions) };
}
