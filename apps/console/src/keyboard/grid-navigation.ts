import type { ShortcutName } from './shortcuts.ts';

interface GridPosition {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
  /** In lines. */
  readonly page: number;
}

/** Returns the index that a key moves to; null where it does not move. */
export function nextIndex(
  key: ShortcutName<'board'> | null,
  { index, count, columns, page }: GridPosition,
): number | null {
  const lineStart = index - (index % columns);
  const last = count - 1;
  const inRange = (target: number) => (target < 0 || target > last ? null : target);
  const targets: Partial<Record<ShortcutName<'board'>, number | null>> = {
    left: inRange(index - 1),
    right: inRange(index + 1),
    up: inRange(index - columns),
    // From the last full line into a shorter one: to its end.
    down: lineStart + columns > last ? null : Math.min(last, index + columns),
    pageUp: Math.max(index % columns, index - page * columns),
    pageDown: Math.min(last, index + page * columns),
    rowStart: lineStart,
    rowEnd: Math.min(last, lineStart + columns - 1),
    first: 0,
    last,
  };
  return (key && targets[key]) ?? null;
}
