import type { PresenceState, SettableState } from './vocabulary.ts';

/** Subtype and message are any Unicode text, the empty string where there is none. */
export interface Presence {
  readonly state: PresenceState;
  readonly subtype: string;
  readonly message: string;
}

export interface SettablePresence extends Presence {
  readonly state: SettableState;
}

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

export function samePresence(a: Presence | null, b: Presence | null): boolean {
  if (a === null || b === null) return a === b;
  return a.state === b.state && a.subtype === b.subtype && a.message === b.message;
}
