import * as z from 'zod/mini';
import { returnTime } from './return-time.ts';
import { presence, presenceInput } from './presence.ts';
import { FAILURE_CODES, failure } from '../common/failure.ts';

/**
 * Sets the presence and return time of one extension. `base` is the presence that the editor started from: where Asterisk
 * has another one, the reply is `conflict`, and nothing is written.
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
 * `ok` after the presence was written and read back. `conflict`: another change came first, nothing was written.
 * `superseded`: another change overwrote it. Both carry the current presence.
 */
export const setPresenceReply = z.union([
  /** `recorded` is false where the store could not log the actor. */
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

const PRESENCE_CHANGE_RESULTS = ['ok', 'conflict', 'superseded', ...FAILURE_CODES] as const;
export type PresenceChangeResult = (typeof PRESENCE_CHANGE_RESULTS)[number];

/** One edit made through Lampboard, at `timestamp` in milliseconds since 1970. */
export const presenceChange = z.readonly(
  z.object({
    actor: z.string(),
    /** The gateway made the edit, at the return time that `actor` had set. */
    isScheduled: z.boolean(),
    timestamp: z.number(),
    from: presence,
    to: presenceInput,
    returnTime: z.nullable(returnTime),
    result: z.enum(PRESENCE_CHANGE_RESULTS),
  }),
);
export type PresenceChange = z.infer<typeof presenceChange>;
