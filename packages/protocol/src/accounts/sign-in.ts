import * as z from 'zod/mini';
import { accountName, me, ROLES } from './account.ts';
import { failure } from '../failure.ts';

/** Shortest and longest password, in characters. Nothing else is asked of one but that it is not among the common ones. */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 256;

/** A password that is to be set. Spaces count; nothing is cut. */
export const newPassword = z
  .string()
  .check(z.minLength(MIN_PASSWORD_LENGTH), z.maxLength(MAX_PASSWORD_LENGTH));

/** What the sign-in page can offer. */
export const signInOptions = z.readonly(
  z.object({
    password: z.boolean(),
    /** What the site calls its single sign-on; null where it has none. */
    singleSignOn: z.nullable(z.string()),
    /** There is no account yet, and no single sign-on that would make one: a link in the log makes the first one. */
    needsSetup: z.boolean(),
    /** The accounts of the demo PBX, which need no password; empty on a real one. */
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
/** `POST /api/sign-in/first-link`: whether the link that the log printed has this token. */
export const setupLink = z.object({ token: z.string().check(z.maxLength(100)) });
/** `POST /api/sign-in/first`: makes the first administrator, with the token of the link that the log printed. */
export const setupAdmin = z.object({
  ...setupLink.shape,
  account: accountName,
  password: newPassword,
});

/** The answer to each of the above, and to `GET /api/me`. */
export const signInReply = z.union([z.readonly(z.object({ ok: z.literal(true), value: me })), failure]);
export type SignInReply = z.infer<typeof signInReply>;

/** Why single sign-on led back to `/sign-in?refused=…` instead of in. */
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
