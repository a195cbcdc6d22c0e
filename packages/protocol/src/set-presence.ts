import * as z from 'zod/mini';
import { back } from './back.ts';
import { presence, wantedPresence } from './presence.ts';
import { failure } from './result.ts';

/**
 * Sets the presence of one extension, and when the person will be back. `base` is the presence that the editor started from: where Asterisk holds
 * another by now, the answer is `conflict` with the current one, and nothing is written.
 */
export const setPresence = z.readonly(
  z.object({
    id: z.string(),
    presence: wantedPresence,
    base: presence,
    back: z.optional(z.nullable(back)),
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
      code: z.enum(['conflict', 'overtaken']),
      message: z.string(),
      current: presence,
    }),
  ),
  failure,
]);
export type SetPresenceReply = z.infer<typeof setPresenceReply>;
