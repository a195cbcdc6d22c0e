import type { Density } from '@lampboard/protocol';

/** Pixels. */
interface TileSize {
  readonly height: number;
  /** Narrower ones would cut most names. */
  readonly minWidth: number;
  /** Between tiles. */
  readonly gap: number;
}

/** `slim`: what becomes of roomy and regular where the window is so low that two tiles just fit. */
export type TileDensity = Density | 'slim';

/** Roomy is for eyes 80 cm away, compact is a line for each. Whatever a tile says, its height is the same. */
export const TILE_SIZES: Readonly<Record<TileDensity, TileSize>> = {
  roomy: { height: 126, minWidth: 308, gap: 12 },
  regular: { height: 90, minWidth: 228, gap: 8 },
  slim: { height: 70, minWidth: 228, gap: 6 },
  compact: { height: 36, minWidth: 300, gap: 6 },
};
