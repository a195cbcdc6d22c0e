import * as z from 'zod/mini';
import { limits } from './limits.ts';

export const ROLES = ['user', 'receptionist', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** In UTF-16 units. */
const MAX_ACCOUNT_NAME_LENGTH = 64;

/** Compared by {@link accountKey}; without control characters, trimmed. */
export const accountName = z
  .string()
  .check(
    z.trim(),
    z.normalize('NFC'),
    z.minLength(1),
    z.maxLength(MAX_ACCOUNT_NAME_LENGTH),
    z.regex(/^[^\p{C}]+$/u),
  );

/** `exten@context`; the context follows the last `@`, since an extension may contain one. */
export const assignedExtension = z
  .string()
  .check(z.trim(), z.maxLength(160), z.regex(/^[^\s,\p{C}]+@[^@\s,\p{C}]+$/u));

const extensions = z.array(assignedExtension).check(z.maxLength(20));

/** `demo` accounts have no password, and exist on the demo PBX only. */
export const AUTH_METHODS = ['password', 'single-sign-on', 'demo'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** Absent where the account sees everything. */
const identity = { name: accountName, role: z.enum(ROLES), extensions, limits: z.optional(limits) };

/** The signed-in account. `id` survives a rename. */
export const me = z.readonly(z.object({ id: z.number(), ...identity, authMethod: z.enum(AUTH_METHODS) }));
export type Me = z.infer<typeof me>;

/** An account as administrators see it; times in milliseconds since 1970. */
export const account = z.readonly(
  z.object({
    ...identity,
    authMethod: z.enum(AUTH_METHODS),
    disabled: z.boolean(),
    createdAt: z.number(),
    hasPassword: z.boolean(),
    /** Until when its invitation is valid; past for one that has expired, null without one. */
    invitedUntil: z.nullable(z.number()),
  }),
);
export type Account = z.infer<typeof account>;

export const accountSettings = z.object({
  role: z.enum(ROLES),
  extensions,
  disabled: z.boolean(),
  /** Null for none; where absent, they stay as they are. */
  limits: z.optional(z.nullable(limits)),
});
export type AccountSettings = z.infer<typeof accountSettings>;

/** Equal for all spellings of one account's name. */
export function accountKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function sameAccountName(a: string, b: string): boolean {
  return accountKey(a) === accountKey(b);
}

/** One signed-in browser; times in milliseconds since 1970. `id` is not the session's secret. */
export const sessionInfo = z.readonly(
  z.object({
    id: z.string(),
    startedAt: z.number(),
    lastUsedAt: z.number(),
    expiresAt: z.number(),
    address: z.string(),
    userAgent: z.string(),
    /** The session of the request. */
    current: z.boolean(),
  }),
);
export type SessionInfo = z.infer<typeof sessionInfo>;
