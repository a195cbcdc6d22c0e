import * as z from 'zod/mini';

/** What an account may do; the rights themselves are in `rights.ts`. */
export const ROLES = ['user', 'receptionist', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The longest name of an account, in UTF-16 units. */
export const MAX_ACCOUNT_NAME_LENGTH = 64;

/** Names are compared without regard to case; they hold no control characters and no space at either end. */
export const accountName = z
  .string()
  .check(
    z.trim(),
    z.normalize('NFC'),
    z.minLength(1),
    z.maxLength(MAX_ACCOUNT_NAME_LENGTH),
    z.regex(/^[^\p{C}]+$/u),
  );

/** `exten@context`, as the board's rows are called. The context follows the last `@`: an extension may hold one. */
export const assignedExtension = z
  .string()
  .check(z.trim(), z.maxLength(160), z.regex(/^[^\s,\p{C}]+@[^@\s,\p{C}]+$/u));

/** How many extensions one account may call its own. */
const extensions = z.array(assignedExtension).check(z.maxLength(20));

/** How an account proves who it is. `demo` accounts have no secret, and exist on the demo PBX only. */
export const AUTH_METHODS = ['password', 'single-sign-on', 'demo'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

const identity = { name: accountName, role: z.enum(ROLES), extensions };

/** Who is signed in, as their own page needs to know it. `id` stays where the account is renamed. */
export const me = z.readonly(z.object({ id: z.number(), ...identity, authMethod: z.enum(AUTH_METHODS) }));
export type Me = z.infer<typeof me>;

/** An account as administrators see it. Times are milliseconds since 1970. */
export const account = z.readonly(
  z.object({ ...identity, authMethod: z.enum(AUTH_METHODS), disabled: z.boolean(), createdAt: z.number() }),
);
export type Account = z.infer<typeof account>;

/** What an administrator decides about an account. */
export const accountSettings = z.object({ role: z.enum(ROLES), extensions, disabled: z.boolean() });
export type AccountSettings = z.infer<typeof accountSettings>;

/** What names of the same account have in common, however they are written. */
export function accountKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function sameAccountName(a: string, b: string): boolean {
  return accountKey(a) === accountKey(b);
}

/** One signed-in browser. Times are milliseconds since 1970; `id` is not what signs it in. */
export const sessionInfo = z.readonly(
  z.object({
    id: z.string(),
    startedAt: z.number(),
    lastUsedAt: z.number(),
    expiresAt: z.number(),
    address: z.string(),
    /** What the browser said of itself at the sign-in. */
    userAgent: z.string(),
    /** It is the one that asks. */
    current: z.boolean(),
  }),
);
export type SessionInfo = z.infer<typeof sessionInfo>;
