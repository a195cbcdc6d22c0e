import * as z from 'zod/mini';
import { returnTime } from './return-time.ts';
import { presence, presenceInput } from './presence.ts';
import { FAILURE_CODES, failure } from '../failure.ts';

/**
 * Sets the presence of one extension, and when the person will be back. `base` is the presence that the editor started from: where Asterisk holds
 * another by now, the answer is `conflict` with the current one, and nothing is written.
 */
export const setPresence = z.readonly(
  z.object({
    id: z.string(),
    presence: presenceInput,
    base: presence,
    returnTime: z.optional(z.nullable(returnTime)),
  }),
);
export type SetPresence = z.infer<typeof setPresence>;

/**
 * `ok` only after Asterisk has stored the presence and read it back. `conflict`: it was changed elsewhere before, and
 * nothing was written; `overtaken`: it was written, and another change replaced it at once. Both come with what
 * Asterisk holds.
 */
export const setPresenceReply = z.union([
  /** `recorded` is false where it can't be written down yet who set it. */
  z.readonly(z.object({ ok: z.literal(true), presence, recorded: z.optional(z.literal(false)) })),
  z.readonly(
    z.object({
      ok: z.literal(false),
      code: z.enum(['conflict', 'superseded']),
      message: z.string(),
      current: presence,
    }),
  ),
  failure,
]);
export type SetPresenceReply = z.infer<typeof setPresenceReply>;

/** What became of an edit: `ok`, or why not. */
const PRESENCE_CHANGE_RESULTS = ['ok', 'conflict', 'superseded', ...FAILURE_CODES] as const;
export type PresenceChangeResult = (typeof PRESENCE_CHANGE_RESULTS)[number];

/** One edit made through Lampboard: who, when (milliseconds since 1970), from what, to what, and what became of it. */
export const presenceChange = z.readonly(
  z.object({
    actor: z.string(),
    /** The gateway made it, at the return time that `by` had set. */
    isScheduled: z.boolean(),
    timestamp: z.number(),
    /** What the editor started from. */
    from: presence,
    /** What was wanted. */
    to: presenceInput,
    returnTime: z.nullable(returnTime),
    result: z.enum(PRESENCE_CHANGE_RESULTS),
  }),
);
export type PresenceChange = z.infer<typeof presenceChange>;
