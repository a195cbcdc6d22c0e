/** Where a key leads from place `index` among `count` tiles in `columns` columns; null where it leads nowhere. */
export function stepOf(
  event: { key: string; ctrlKey: boolean; metaKey: boolean },
  { index, count, columns, page }: { index: number; count: number; columns: number; page: number },
): number | null {
  const whole = event.ctrlKey || event.metaKey;
  const rowStart = index - (index % columns);
  const last = count - 1;
  const within = (target: number) => (target < 0 || target > last ? null : target);
  switch (event.key) {
    case 'ArrowLeft':
      return within(index - 1);
    case 'ArrowRight':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - columns);
    case 'ArrowDown':
      // From the last whole row into a shorter one below it: to its end.
      return rowStart + columns > last ? null : Math.min(last, index + columns);
    case 'PageUp':
      return Math.max(index % columns, index - page * columns);
    case 'PageDown':
      return Math.min(last, index + page * columns);
    case 'Home':
      return whole ? 0 : rowStart;
    case 'End':
      return whole ? last : Math.min(last, rowStart + columns - 1);
    default:
      return null;
  }
}
