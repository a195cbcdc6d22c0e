import * as z from 'zod/mini';
import { PRESENCE_STATES, type SettableState } from '../extensions/states.ts';

/** Subtype and message are any Unicode text, the empty string where there is none. */
export const presence = z.readonly(
  z.object({ state: z.enum(PRESENCE_STATES), subtype: z.string(), message: z.string() }),
);
export type Presence = z.infer<typeof presence>;

export interface SettablePresence extends Presence {
  readonly state: SettableState;
}

/** A presence as somebody wants it; whether it can be set is for `checkPresence` to say. */
export const presenceInput = z.readonly(
  z.object({ state: z.string(), subtype: z.string(), message: z.string() }),
);
export type PresenceInput = z.infer<typeof presenceInput>;

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

export function samePresence(a: PresenceInput | null, b: PresenceInput | null): boolean {
  if (a === null || b === null) return a === b;
  return a.state === b.state && a.subtype === b.subtype && a.message === b.message;
}

/** Asterisk compares the word before the colon without regard to case, and takes no space before it. */
export function isCustomPresence(provider: string): boolean {
  return /^CustomPresence:./iu.test(provider);
}

/** Why a hint's presence can't be set: `spaced` is a CustomPresence that Asterisk doesn't know for the space before it. */
export type ReadOnlyReason = 'no-provider' | 'other-provider' | 'spaced-provider' | 'unusable-name';

/**
 * Asterisk lets only `CustomPresence:` providers be written. A name is left alone that `PRESENCE_STATE()` would read as
 * another one, that is several names, or that is not UTF-8 (and reads U+FFFD).
 */
export function readOnlyReason(provider: string | null): ReadOnlyReason | null {
  if (provider === null) return 'no-provider';
  if (isCustomPresence(provider)) return /[&,()[\]"\\\p{Cc}\uFFFD]/u.test(provider) ? 'unusable-name' : null;
  return isCustomPresence(provider.trim()) ? 'spaced-provider' : 'other-provider';
}

export function isWritableProvider(provider: string | null): provider is string {
  return readOnlyReason(provider) === null;
}
