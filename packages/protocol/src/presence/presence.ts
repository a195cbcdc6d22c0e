import * as z from 'zod/mini';
import { PRESENCE_STATES, type SettableState } from './states.ts';

/** Subtype and message are any Unicode text, empty where there is none. */
export const presence = z.readonly(
  z.object({ state: z.enum(PRESENCE_STATES), subtype: z.string(), message: z.string() }),
);
export type Presence = z.infer<typeof presence>;

export interface SettablePresence extends Presence {
  readonly state: SettableState;
}

/** A requested presence, before `validatePresence`. */
export const presenceInput = z.readonly(
  z.object({ state: z.string(), subtype: z.string(), message: z.string() }),
);
export type PresenceInput = z.infer<typeof presenceInput>;

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

export function samePresence(a: PresenceInput | null, b: PresenceInput | null): boolean {
  if (a === null || b === null) return a === b;
  return a.state === b.state && a.subtype === b.subtype && a.message === b.message;
}

/** Asterisk ignores the prefix's case, and accepts no space before it. */
export function isCustomPresence(provider: string): boolean {
  return /^CustomPresence:./iu.test(provider);
}

/** `spaced-provider`: a `CustomPresence:` that Asterisk does not recognise because of a space before it. */
export type ReadOnlyReason = 'no-provider' | 'other-provider' | 'spaced-provider' | 'unusable-name';

/**
 * Returns why a provider cannot be written, null where it can: Asterisk writes only `CustomPresence:`. A name is unusable
 * that `PRESENCE_STATE()` would parse as another or as several, or that is not UTF-8 (and reads U+FFFD).
 */
export function readOnlyReason(provider: string | null): ReadOnlyReason | null {
  if (provider === null) return 'no-provider';
  if (isCustomPresence(provider)) return /[&,()[\]"\\\p{Cc}\uFFFD]/u.test(provider) ? 'unusable-name' : null;
  return isCustomPresence(provider.trim()) ? 'spaced-provider' : 'other-provider';
}

export function isWritableProvider(provider: string | null): provider is string {
  return readOnlyReason(provider) === null;
}
