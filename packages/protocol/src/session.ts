import * as z from 'zod/mini';

/** One signed-in browser. Times are milliseconds since 1970; `id` is not what signs it in. */
export const sessionInfo = z.readonly(
  z.object({
    id: z.string(),
    startedAt: z.number(),
    usedAt: z.number(),
    expiresAt: z.number(),
    address: z.string(),
    /** What the browser said of itself at the sign-in. */
    browser: z.string(),
    /** It is the one that asks. */
    current: z.boolean(),
  }),
);
export type SessionInfo = z.infer<typeof sessionInfo>;
