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
  /** Of several gateways: none reads Asterisk by now, or this one can't tell. */
  'no-leader',
  'redis-unreachable',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/**
 * The link between gateway and Asterisk; `since` is in milliseconds since 1970 by the gateway's clock, `code` the
 * operating system's or Node's code for the reason, such as `ECONNREFUSED`.
 */
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
