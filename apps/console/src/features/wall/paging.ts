/** One group, as the wall shows it. */
export interface WallPart {
  readonly key: string;
  readonly title: string;
  readonly ids: readonly string[];
}

/** What is seen at once: a group, or as much of it as fits. */
export interface WallPage {
  readonly key: string;
  readonly part: WallPart;
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
const HEAD = 8.8;

/** Pixels; a page that is zoomed in has text that is still large. */
const LEAST_UNIT = 8;
/** Few tiles grow, but a single one does not fill the wall. */
const MOST_GROWTH = 2.2;

/** One hundredth of the longer side, so that screens hung upright are as legible as others; pixels. */
export function unitOf({ width, height }: Size): number {
  return Math.max(LEAST_UNIT, Math.max(width, height) / 100);
}

/** As many tiles of a length as fit beside each other, with gaps between them. */
const fitting = (room: number, length: number, gap: number) =>
  Math.max(1, Math.floor((room + gap) / (length + gap)));

/** The columns in which so many tiles become largest. */
function arrange(count: number, room: Size, unit: number, maxColumns: number) {
  const gap = GAP * unit;
  let best = { columns: 1, rows: count, growth: 0 };
  for (let columns = 1; columns <= maxColumns; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = (room.width - (columns - 1) * gap) / columns / (TILE_WIDTH * unit);
    const height = (room.height - (rows - 1) * gap) / rows / (TILE_HEIGHT * unit);
    const growth = Math.min(width, height);
    if (growth > best.growth) best = { columns, rows, growth };
  }
  return { ...best, unit: unit * Math.min(Math.max(best.growth, 1), MOST_GROWTH) };
}

/** Every page of every group; a group that does not fit is split evenly, in its order. */
export function pagesOf(parts: readonly WallPart[], size: Size): readonly WallPage[] {
  const unit = unitOf(size);
  const room = {
    width: size.width - 2 * MARGIN * unit,
    height: size.height - (HEAD + MARGIN) * unit,
  };
  const maxColumns = fitting(room.width, TILE_WIDTH * unit, GAP * unit);
  const capacity = maxColumns * fitting(room.height, TILE_HEIGHT * unit, GAP * unit);
  return parts.flatMap((part) => {
    const of = Math.ceil(part.ids.length / capacity);
    const from = (place: number) => Math.floor((place * part.ids.length) / of);
    const most = Math.ceil(part.ids.length / of);
    const arranged = arrange(most, room, unit, maxColumns);
    return Array.from({ length: of }, (_, place) => ({
      key: `${part.key} ${place + 1}`,
      part,
      ids: part.ids.slice(from(place), from(place + 1)),
      number: place + 1,
      of,
      ...arranged,
    }));
  });
}
