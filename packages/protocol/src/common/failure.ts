import * as z from 'zod/mini';

export const FAILURE_CODES = [
  'invalid',
  'unknown-extension',
  'no-presence',
  'unknown-state',
  'invalid-text',
  'too-long',
  /** A file to import has no table of extensions. */
  'invalid-table',
  /** Not an image that is taken, or too large. */
  'invalid-photo',
  /** The return time is past, or too far ahead. */
  'invalid-return-time',
  'link-down',
  'timeout',
  'refused-by-asterisk',
  /** The store is locked, full, read-only or damaged. */
  'store-unavailable',
  'signed-out',
  /** Signed in, but not allowed. */
  'forbidden',
  'too-many',
  /** The same for an unknown account, a wrong password and a disabled account. */
  'wrong-credentials',
  'weak-password',
  /** Another administrator has changed the same field of a directory entry meanwhile. */
  'entry-changed',
  'unknown-account',
  'unknown-session',
  'name-taken',
  'limit-reached',
  /** No administrator would be left. */
  'last-admin',
  /** A single-use link that was used or is invalid. */
  'link-expired',
  /** The same for every invitation that does not exist or has ended. */
  'invalid-invitation',
  'internal-error',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** `message` is for users and programs, and never contains a secret. */
export const failure = z.readonly(
  z.object({ ok: z.literal(false), code: z.enum(FAILURE_CODES), message: z.string() }),
);
export type Failure = z.infer<typeof failure>;
