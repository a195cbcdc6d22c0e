import type { GroupedKind } from '../../entities/kind/kinds.ts';

export interface WallGroup {
  readonly key: string;
  readonly title: string;
  /** Of its members; null for a group of people. */
  readonly kind: GroupedKind | null;
  readonly ids: readonly string[];
}

/** A group, or the part of it that fits on the screen. */
export interface WallPage {
  readonly key: string;
  readonly group: WallGroup;
  readonly ids: readonly string[];
  /** From 1, of `of` pages of this group. */
  readonly number: number;
  readonly of: number;
  readonly columns: number;
  readonly rows: number;
  /** One hundredth of the screen's longer side, scaled up to fill the page; in pixels. */
  readonly unit: number;
}

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Widths and heights in units; the same as in wall.css. */
const TILE_WIDTH = 23;
const TILE_HEIGHT = 9;
/** Beyond it, a tile would have empty lines. */
export const MAX_TILE_HEIGHT = 11;
const GAP = 0.9;
const MARGIN = 1.6;
/** Including the gap below. */
const HEADER = 8.8;

/** In pixels; keeps the text of a zoomed page large. */
const MIN_UNIT_PX = 8;
/** Limits the size of few tiles. */
const MAX_GROWTH = 2.2;

/** Returns one hundredth of the longer side, so that portrait screens are as legible; in pixels. */
export function unitOf({ width, height }: Size): number {
  return Math.max(MIN_UNIT_PX, Math.max(width, height) / 100);
}

/** Returns by how much the tiles of the wall are larger than those of the board, for a unit in pixels. */
export const zoomOf = (unit: number): number => unit * 0.1;

/** Returns the number of tiles of a length that fit, with gaps. */
const fitCount = (room: number, length: number, gap: number) =>
  Math.max(1, Math.floor((room + gap) / (length + gap)));

/** Returns the grid with the largest tiles. */
function bestGrid(count: number, room: Size, unit: number, maxColumns: number) {
  const gap = GAP * unit;
  let best = { columns: 1, rows: count, growth: 0 };
  for (let columns = 1; columns <= maxColumns; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = (room.width - (columns - 1) * gap) / columns / (TILE_WIDTH * unit);
    const height = (room.height - (rows - 1) * gap) / rows / (TILE_HEIGHT * unit);
    const growth = Math.min(width, height);
    if (growth > best.growth) best = { columns, rows, growth };
  }
  return { ...best, unit: unit * Math.min(Math.max(best.growth, 1), MAX_GROWTH) };
}

/** Returns the pages of all groups; a group that does not fit is split evenly. */
export function paginate(groups: readonly WallGroup[], size: Size): readonly WallPage[] {
  const unit = unitOf(size);
  const room = {
    width: size.width - 2 * MARGIN * unit,
    height: size.height - (HEADER + MARGIN) * unit,
  };
  const maxColumns = fitCount(room.width, TILE_WIDTH * unit, GAP * unit);
  const capacity = maxColumns * fitCount(room.height, TILE_HEIGHT * unit, GAP * unit);
  return groups.flatMap((group) => {
    const of = Math.ceil(group.ids.length / capacity);
    const startOf = (index: number) => Math.floor((index * group.ids.length) / of);
    const maxPerPage = Math.ceil(group.ids.length / of);
    const grid = bestGrid(maxPerPage, room, unit, maxColumns);
    return Array.from({ length: of }, (_, index) => ({
      key: `${group.key} ${index + 1}`,
      group,
      ids: group.ids.slice(startOf(index), startOf(index + 1)),
      number: index + 1,
      of,
      ...grid,
    }));
  });
}
