import * as z from 'zod/mini';

/** What an entry of the board is. The board hides feature codes. */
export const KINDS = [
  'person',
  'room',
  'parking',
  'queue',
  'conference',
  'switch',
  'mailbox',
  'feature-code',
  'other',
] as const;
export const kind = z.enum(KINDS);
export type Kind = z.infer<typeof kind>;
