import * as z from 'zod/mini';

/** Why the gateway has no live link to Asterisk. */
export const LINK_REASONS = [
  'connecting',
  'unreachable',
  'tls-error',
  'rejected',
  'login-refused',
  'permission-denied',
  'no-events',
  'booting',
  'unresponsive',
  'overrun',
  'syncing',
  /** In a cluster: no gateway leads, or this one cannot tell. */
  'no-leader',
  'redis-unreachable',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** `since` is in milliseconds since 1970 by the gateway's clock; `code` is the system's, such as `ECONNREFUSED`. */
export const linkStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('live') }),
  z.object({
    state: z.literal('down'),
    since: z.number(),
    reason: z.enum(LINK_REASONS),
    code: z.optional(z.string()),
  }),
]);
export type LinkStatus = Readonly<z.infer<typeof linkStatus>>;
