import * as z from 'zod/mini';
import { accountName, me, ROLES } from './account.ts';
import { failure } from '../common/failure.ts';

/** In characters; the only other rule is that the password is not a common one. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 256;

/** Spaces count; nothing is trimmed. */
export const newPassword = z
  .string()
  .check(z.minLength(MIN_PASSWORD_LENGTH), z.maxLength(MAX_PASSWORD_LENGTH));

export const signInOptions = z.readonly(
  z.object({
    password: z.boolean(),
    /** Display name of single sign-on; null where it is off. */
    singleSignOn: z.nullable(z.string()),
    /** There is no account and no single sign-on: a link in the log creates the first administrator. */
    needsSetup: z.boolean(),
    /** Demo accounts without a password; empty on a real PBX. */
    demo: z.array(z.object({ name: z.string(), role: z.enum(ROLES) })),
  }),
);
export type SignInOptions = z.infer<typeof signInOptions>;

/** `POST /api/sign-in` */
export const signIn = z.object({
  account: z.string().check(z.maxLength(MAX_PASSWORD_LENGTH)),
  password: z.string().check(z.maxLength(MAX_PASSWORD_LENGTH)),
});
/** `POST /api/sign-in/demo` */
export const demoSignIn = z.object({ account: accountName });
/** `POST /api/sign-in/first-link`: checks the token of the setup link in the log. */
export const setupLink = z.object({ token: z.string().check(z.maxLength(100)) });
/** `POST /api/sign-in/first`: creates the first administrator. */
export const setupAdmin = z.object({ ...setupLink.shape, account: accountName, password: newPassword });

/** Reply to each of the above, and to `GET /api/me`. */
export const signInReply = z.union([z.readonly(z.object({ ok: z.literal(true), value: me })), failure]);
export type SignInReply = z.infer<typeof signInReply>;

/** Values of `/sign-in?failure=…` after a failed single sign-on. */
export const SINGLE_SIGN_ON_FAILURES = [
  'failed',
  'expired',
  'no-role',
  'name-taken',
  'disabled',
  'too-many',
  'store-unavailable',
] as const;
export type SingleSignOnFailure = (typeof SINGLE_SIGN_ON_FAILURES)[number];
