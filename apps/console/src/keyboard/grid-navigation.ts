import type { ShortcutName } from './shortcuts.ts';

/** The lines of a grid: for each the index of its first tile. */
export type GridLines = readonly number[];

/** Returns lines of the same number of tiles, but for the last one. */
export const evenLines = (count: number, columns: number): GridLines =>
  Array.from({ length: Math.ceil(count / columns) }, (_, line) => line * columns);

/** Returns the line of a tile. */
export function lineOf(lines: GridLines, index: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface GridPosition {
  readonly index: number;
  readonly count: number;
  readonly lines: GridLines;
  /** In lines. */
  readonly page: number;
}

/** Returns the index that a key moves to; null where it does not move. */
export function nextIndex(
  key: ShortcutName<'board'> | null,
  { index, count, lines, page }: GridPosition,
): number | null {
  const line = lineOf(lines, index);
  const lastLine = lines.length - 1;
  const startOf = (target: number) => lines[target] ?? count;
  const endOf = (target: number) => startOf(target + 1) - 1;
  const column = index - startOf(line);
  const last = count - 1;
  const inRange = (target: number) => (target < 0 || target > last ? null : target);
  /** In the same column; in a shorter line at its end. */
  const inLine = (target: number) => Math.min(startOf(target) + column, endOf(target));
  const targets: Partial<Record<ShortcutName<'board'>, number | null>> = {
    left: inRange(index - 1),
    right: inRange(index + 1),
    up: line === 0 ? null : inLine(line - 1),
    down: line === lastLine ? null : inLine(line + 1),
    pageUp: inLine(Math.max(0, line - page)),
    pageDown: line + page > lastLine ? last : inLine(line + page),
    rowStart: startOf(line),
    rowEnd: endOf(line),
    first: 0,
    last,
  };
  return (key && targets[key]) ?? null;
}
