import * as z from 'zod/mini';

/** What an account may do; the rights themselves are in `rights.ts`. */
export const ROLES = ['user', 'receptionist', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The longest name of an account, in UTF-16 units. */
export const ACCOUNT_NAME_LENGTH = 64;

/** Names are compared without regard to case; they hold no control characters and no space at either end. */
export const accountName = z
  .string()
  .check(
    z.trim(),
    z.normalize('NFC'),
    z.minLength(1),
    z.maxLength(ACCOUNT_NAME_LENGTH),
    z.regex(/^[^\p{C}]+$/u),
  );

/** `exten@context`, as the board's rows are called. The context follows the last `@`: an extension may hold one. */
export const ownExtension = z
  .string()
  .check(z.trim(), z.maxLength(160), z.regex(/^[^\s,\p{C}]+@[^@\s,\p{C}]+$/u));

/** How many extensions one account may call its own. */
const extensions = z.array(ownExtension).check(z.maxLength(20));

/** How an account proves who it is. `demo` accounts have no secret, and exist on the demo PBX only. */
export const PROOFS = ['password', 'single-sign-on', 'demo'] as const;
export type Proof = (typeof PROOFS)[number];

const identity = { name: accountName, role: z.enum(ROLES), extensions };

/** Who is signed in, as their own page needs to know it. `id` stays where the account is renamed. */
export const me = z.readonly(z.object({ id: z.number(), ...identity, proof: z.enum(PROOFS) }));
export type Me = z.infer<typeof me>;

/** An account as administrators see it. Times are milliseconds since 1970. */
export const account = z.readonly(
  z.object({ ...identity, proof: z.enum(PROOFS), disabled: z.boolean(), createdAt: z.number() }),
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
