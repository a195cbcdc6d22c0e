import type { Density } from '@lampboard/protocol';

/** Pixels. */
interface TileSize {
  readonly height: number;
  /** Narrower ones would cut most names. */
  readonly minWidth: number;
  /** Between tiles. */
  readonly gap: number;
}

/** Roomy is for eyes 80 cm away, compact is a line for each. Whatever a tile says, its height is the same. */
export const TILE_SIZES: Readonly<Record<Density, TileSize>> = {
  roomy: { height: 126, minWidth: 308, gap: 12 },
  regular: { height: 90, minWidth: 228, gap: 8 },
  compact: { height: 36, minWidth: 300, gap: 6 },
};
