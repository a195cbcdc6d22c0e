import type { ShortcutName } from './shortcuts.ts';

interface GridPosition {
  readonly index: number;
  readonly count: number;
  readonly columns: number;
  /** Rows. */
  readonly page: number;
}

/** Where a key leads from place `index` among `count` tiles in `columns` columns; null where it leads nowhere. */
export function nextIndex(
  key: ShortcutName<'board'> | null,
  { index, count, columns, page }: GridPosition,
): number | null {
  const rowStart = index - (index % columns);
  const last = count - 1;
  const inRange = (target: number) => (target < 0 || target > last ? null : target);
  switch (key) {
    case 'left':
      return inRange(index - 1);
    case 'right':
      return inRange(index + 1);
    case 'up':
      return inRange(index - columns);
    case 'down':
      // From the last whole row into a shorter one below it: to its end.
      return rowStart + columns > last ? null : Math.min(last, index + columns);
    case 'pageUp':
      return Math.max(index % columns, index - page * columns);
    case 'pageDown':
      return Math.min(last, index + page * columns);
    case 'rowStart':
      return rowStart;
    case 'rowEnd':
      return Math.min(last, rowStart + columns - 1);
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'open':
    case 'favourite':
    case 'watch':
    case 'refresh':
    case null:
      return null;
  }
}
