import * as z from 'zod/mini';

/** Of each kind. */
export const MAX_LIMIT_VALUES = 40;

const MAX_VALUE_LENGTH = 100;

const value = (pattern: RegExp) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_VALUE_LENGTH), z.regex(pattern));

/** Texts that can be limits of each kind. */
export const LIMIT_VALUES = {
  pbxs: value(/^[^\s/\p{C}]+$/u),
  contexts: value(/^[^@\s\p{C}]+$/u),
  departments: value(/^\P{Cc}+$/u),
} as const;
export type LimitKind = keyof typeof LIMIT_VALUES;
export const LIMIT_KINDS = ['pbxs', 'contexts', 'departments'] as const satisfies LimitKind[];

const listOf = (item: (typeof LIMIT_VALUES)[LimitKind]) =>
  z.readonly(z.array(item).check(z.maxLength(MAX_LIMIT_VALUES)));

/**
 * What an account sees besides its own extensions: those in any of the PBXs, and in any of the contexts, and in any of the
 * departments. An empty list limits nothing.
 */
export const limits = z.readonly(
  z.object({
    pbxs: listOf(LIMIT_VALUES.pbxs),
    contexts: listOf(LIMIT_VALUES.contexts),
    departments: listOf(LIMIT_VALUES.departments),
  }),
);
export type Limits = z.infer<typeof limits>;

export const NO_LIMITS: Limits = { pbxs: [], contexts: [], departments: [] };

/** False where nothing is limited. */
export const isLimiting = (limits: Limits) => LIMIT_KINDS.some((kind) => limits[kind].length > 0);
