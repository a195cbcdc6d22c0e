import type { SortColumn } from '@lampboard/protocol';

/** The columns in their order; the message is the only one that nothing is sorted by. */
export const COLUMNS = [
  'lamp',
  'number',
  'name',
  'department',
  'presence',
  'message',
  'since',
  'return-time',
] as const satisfies readonly (SortColumn | 'message')[];
export type Column = (typeof COLUMNS)[number];

/** Pixels; below so many each row has two lines, as in table.css. */
export const NARROW_WIDTH_PX = 600;

/** Pixels, as in table.css. */
export const ROW_HEIGHT_PX = { wide: 42, narrow: 58 } as const;
/** Pixels; the head stays in sight above the rows. */
export const HEADER_HEIGHT_PX = 34;
