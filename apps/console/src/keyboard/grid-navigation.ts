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
  switch (key) {
    case 'left':
      return inRange(index - 1);
    case 'right':
      return inRange(index + 1);
    case 'up':
      return inRange(index - columns);
    case 'down':
      // From the last full line into a shorter one: to its end.
      return lineStart + columns > last ? null : Math.min(last, index + columns);
    case 'pageUp':
      return Math.max(index % columns, index - page * columns);
    case 'pageDown':
      return Math.min(last, index + page * columns);
    case 'rowStart':
      return lineStart;
    case 'rowEnd':
      return Math.min(last, lineStart + columns - 1);
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
