import * as z from 'zod/mini';
import { PRESENCE_STATES, type SettableState } from './vocabulary.ts';

/** Subtype and message are any Unicode text, the empty string where there is none. */
export const presence = z.readonly(
  z.object({ state: z.enum(PRESENCE_STATES), subtype: z.string(), message: z.string() }),
);
export type Presence = z.infer<typeof presence>;

export interface SettablePresence extends Presence {
  readonly state: SettableState;
}

/** A presence as somebody wants it; whether it can be set is for `checkPresence` to say. */
export const wantedPresence = z.readonly(
  z.object({ state: z.string(), subtype: z.string(), message: z.string() }),
);
export type WantedPresence = z.infer<typeof wantedPresence>;

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

export function samePresence(a: WantedPresence | null, b: WantedPresence | null): boolean {
  if (a === null || b === null) return a === b;
  return a.state === b.state && a.subtype === b.subtype && a.message === b.message;
}

/**
 * Asterisk lets only `CustomPresence:` providers be written; others are read only. A name that could end the argument
 * of `PRESENCE_STATE()`, or is not UTF-8 (read as U+FFFD), is never put into one.
 */
export function isWritableProvider(provider: string | null): provider is string {
  return provider !== null && /^CustomPresence:[^\s,()"\\\uFFFD]+$/u.test(provider);
}
