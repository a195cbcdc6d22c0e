import type { Virtualizer } from '@tanstack/react-virtual';

/** Whether a whole row is in view for sure: scrolling to it would have the browser lay the page out to find that out. */
export function isInView(
  { range, scrollOffset }: Pick<Virtualizer<HTMLDivElement, Element>, 'range' | 'scrollOffset'>,
  row: number,
): boolean {
  if (scrollOffset === 0 && row === 0) return true;
  return range !== null && row > range.startIndex && row < range.endIndex;
}
