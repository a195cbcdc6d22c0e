/** One group, as the wall shows it. */
export interface WallGroup {
  readonly key: string;
  readonly title: string;
  readonly ids: readonly string[];
}

/** What is seen at once: a group, or as much of it as fits. */
export interface WallPage {
  readonly key: string;
  readonly group: WallGroup;
  readonly ids: readonly string[];
  /** From 1, of so many pages of this group. */
  readonly number: number;
  readonly of: number;
  readonly columns: number;
  readonly rows: number;
  /** One hundredth of the screen's longer side, grown as far as the tiles find room; pixels. */
  readonly unit: number;
}

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Widths and heights in units; the same as in wall.css. */
const TILE_WIDTH = 23;
const TILE_HEIGHT = 10.4;
const GAP = 0.9;
const MARGIN = 1.6;
/** With what lies below it. */
const HEADER = 8.8;

/** Pixels; a page that is zoomed in has text that is still large. */
const MIN_UNIT_PX = 8;
/** Few tiles grow, but a single one does not fill the wall. */
const MAX_GROWTH = 2.2;

/** One hundredth of the longer side, so that screens hung upright are as legible as others; pixels. */
export function unitOf({ width, height }: Size): number {
  return Math.max(MIN_UNIT_PX, Math.max(width, height) / 100);
}

/** As many tiles of a length as fit beside each other, with gaps between them. */
const fitCount = (room: number, length: number, gap: number) =>
  Math.max(1, Math.floor((room + gap) / (length + gap)));

/** The columns in which so many tiles become largest. */
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

/** Every page of every group; a group that does not fit is split evenly, in its order. */
export function layoutPages(groups: readonly WallGroup[], size: Size): readonly WallPage[] {
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
