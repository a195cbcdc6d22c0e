import * as z from 'zod/mini';
import { LAMPS } from '../extensions/extension.ts';
import { PRESENCE_STATES } from '../presence/states.ts';

/** Lamp and presence from `startedAt` on, in milliseconds since 1970; the lamp is `unknown` while no gateway was connected. */
const historyEntry = z.readonly(
  z.object({ startedAt: z.number(), lamp: z.enum(LAMPS), presence: z.nullable(z.enum(PRESENCE_STATES)) }),
);
export type HistoryEntry = z.infer<typeof historyEntry>;

/** Entries of one extension since `from`, oldest first; `retentionDays` is 0 where no history is stored. */
export const history = z.readonly(
  z.object({
    from: z.number(),
    retentionDays: z.number(),
    entries: z.readonly(z.array(historyEntry)),
    /** When the account got the extension, in milliseconds since 1970; earlier entries are withheld. */
    assignedSince: z.optional(z.number()),
  }),
);
export type History = z.infer<typeof history>;
