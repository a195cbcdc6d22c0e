import type { SortColumn } from '@lampboard/protocol';

/** In display order; the message is not sortable. */
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

/** Of a group of functions, which have no presence. */
export const FUNCTION_COLUMNS: readonly Column[] = ['lamp', 'number', 'name', 'presence', 'since'];

/** Below this width each row has two lines, as in table-grid.css. */
export const NARROW_WIDTH_PX = 600;

/** As in table-grid.css. */
export const ROW_HEIGHT_PX = { wide: 42, narrow: 58 } as const;
export const HEADER_HEIGHT_PX = 34;
