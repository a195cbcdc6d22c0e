/** Pixels, as in tile.css. */
export const TILE_HEIGHT = 90;

/** Pixels; narrower ones would cut most names. */
export const TILE_MIN_WIDTH = 228;

/** Pixels between tiles, as in board-grid.css. */
export const TILE_GAP = 8;
