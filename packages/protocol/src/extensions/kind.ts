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

/** What one source says of an extension; an absent field is left to the next source. */
export const directoryFields = z.readonly(
  z.object({
    name: z.optional(z.string()),
    department: z.optional(z.string()),
    email: z.optional(z.string()),
    mobile: z.optional(z.string()),
    kind: z.optional(kind),
    hidden: z.optional(z.boolean()),
  }),
);
export type DirectoryFields = z.infer<typeof directoryFields>;
