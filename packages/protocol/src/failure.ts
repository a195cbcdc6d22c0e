import * as z from 'zod/mini';

/** Every reason for which something is refused without there being another presence to show. */
export const FAILURE_CODES = [
  'invalid',
  'unknown-extension',
  'no-presence',
  'unknown-state',
  'invalid-text',
  'too-long',
  /** The return time is past, or too far ahead. */
  'invalid-return-time',
  'link-down',
  'timeout',
  'refused-by-asterisk',
  /** The store is locked, full, read-only or damaged. */
  'store-unavailable',
  /** There is no session, or it has ended. */
  'signed-out',
  /** Signed in, but without the right to it. */
  'forbidden',
  'too-many',
  /** Unknown account, wrong password and disabled account are told alike. */
  'wrong-credentials',
  'weak-password',
  'unknown-account',
  'unknown-session',
  'name-taken',
  /** There are as many as there may be. */
  'limit-reached',
  /** Nobody would be left who may manage accounts. */
  'last-admin',
  /** A single-use link that was used, or is not the one. */
  'link-expired',
  'internal-error',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** `message` is for people: what happened, what was kept, what to do. It never holds a secret. */
export const failure = z.readonly(
  z.object({ ok: z.literal(false), code: z.enum(FAILURE_CODES), message: z.string() }),
);
export type Failure = z.infer<typeof failure>;
