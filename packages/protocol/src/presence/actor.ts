import * as z from 'zod/mini';

/** `accountId` is the account's for good, `name` its name by now; records of before accounts had ids in them have none. */
const accountFields = { name: z.string(), accountId: z.optional(z.number()) };

/**
 * Who set a presence: an account of Lampboard's, the gateway at the return time that an account had set, or somebody on a
 * telephone, in the dialplan or at the console.
 */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), ...accountFields }),
  z.object({ kind: z.literal('return-time'), ...accountFields }),
  z.object({ kind: z.literal('phone') }),
]);
export type Actor = Readonly<z.infer<typeof actor>>;
