import * as z from 'zod/mini';

/** `name` is the account's current name; old records lack `accountId`. */
const accountFields = { name: z.string(), accountId: z.optional(z.number()) };

/**
 * The setter of a presence: an account, the gateway at a return time that an account had set, or anything outside
 * Lampboard (`phone`: a phone, the dialplan, Asterisk's CLI).
 */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), ...accountFields }),
  z.object({ kind: z.literal('return-time'), ...accountFields }),
  z.object({ kind: z.literal('phone') }),
]);
export type Actor = Readonly<z.infer<typeof actor>>;
