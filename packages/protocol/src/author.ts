import * as z from 'zod/mini';

/** `accountId` is the account's for good, `name` its name by now; records of before accounts had ids in them have none. */
const byAccount = { name: z.string(), accountId: z.optional(z.number()) };

/**
 * Who set a presence: an account of Lampboard's, the gateway at the return time that an account had set, or somebody on a
 * telephone, in the dialplan or at the console.
 */
export const author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), ...byAccount }),
  z.object({ kind: z.literal('return-time'), ...byAccount }),
  z.object({ kind: z.literal('telephone') }),
]);
export type Author = Readonly<z.infer<typeof author>>;
