import * as z from 'zod/mini';
import { LAMPS, PRESENCE_STATES } from './states.ts';

/** From `at` on, in milliseconds since 1970, it was so; the lamp is `unknown` where nobody followed Asterisk. */
export const historyEntry = z.readonly(
  z.object({ startedAt: z.number(), lamp: z.enum(LAMPS), presence: z.nullable(z.enum(PRESENCE_STATES)) }),
);
export type HistoryEntry = z.infer<typeof historyEntry>;

/** What lamp and presence of one extension have been since `from`, the oldest first; `keepDays` is 0 where nothing is kept. */
export const history = z.readonly(
  z.object({
    from: z.number(),
    retentionDays: z.number(),
    entries: z.readonly(z.array(historyEntry)),
    /** The account has had the extension since then, and is told nothing of before; milliseconds since 1970. */
    assignedSince: z.optional(z.number()),
  }),
);
export type History = z.infer<typeof history>;
