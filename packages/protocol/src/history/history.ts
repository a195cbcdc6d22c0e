import * as z from 'zod/mini';
import { callParty } from '../calls/call.ts';
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

/** A call of one extension that has ended; times in milliseconds since 1970. A call that is passed on is one with each party. */
export const pastCall = z.readonly(
  z.object({
    startedAt: z.number(),
    /** Null where it was not answered. */
    answeredAt: z.nullable(z.number()),
    endedAt: z.number(),
    incoming: z.boolean(),
    /** Null where it is unknown. */
    party: z.nullable(callParty),
  }),
);
export type PastCall = z.infer<typeof pastCall>;

/** Newest first; `retentionDays` is 0 where no calls are stored. */
export const pastCalls = z.readonly(
  z.object({ retentionDays: z.number(), calls: z.readonly(z.array(pastCall)) }),
);
export type PastCalls = z.infer<typeof pastCalls>;
