import * as z from 'zod/mini';

/**
 * Who set a presence: an account of Lampboard's, the gateway at the return time that an account had set, or somebody on a
 * telephone, in the dialplan or at the console.
 */
export const author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), name: z.string() }),
  z.object({ kind: z.literal('return-time'), name: z.string() }),
  z.object({ kind: z.literal('telephone') }),
]);
export type Author = Readonly<z.infer<typeof author>>;
