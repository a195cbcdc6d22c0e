import * as z from 'zod/mini';
import { back } from './back.ts';
import { presence, wantedPresence } from './presence.ts';
import { FAILURE_CODES } from './result.ts';

/** What became of an edit: `ok`, or why not. */
const EDIT_RESULTS = ['ok', 'conflict', 'overtaken', ...FAILURE_CODES] as const;
export type EditResult = (typeof EDIT_RESULTS)[number];

/** One edit made through Lampboard: who, when (milliseconds since 1970), from what, to what, and what became of it. */
export const editRecord = z.readonly(
  z.object({
    by: z.string(),
    /** The gateway made it, at the return time that `by` had set. */
    planned: z.boolean(),
    at: z.number(),
    /** What the editor started from. */
    from: presence,
    /** What was wanted. */
    to: wantedPresence,
    back: z.nullable(back),
    result: z.enum(EDIT_RESULTS),
  }),
);
export type EditRecord = z.infer<typeof editRecord>;
