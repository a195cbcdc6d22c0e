import type { PresenceValue } from './presence-value.ts';
import { type Extension, type Presence, sameReturnTime, samePresence } from '@lampboard/protocol';

export type { PresenceValue };

/** What the board holds of it; null where the extension has no presence. */
export function presenceValueOf({
  presence,
  returnTime,
}: Pick<Extension, 'presence' | 'returnTime'>): PresenceValue | null {
  return presence === null ? null : { ...presence, returnTime };
}

export function presenceOf({ state, subtype, message }: Presence): Presence {
  return { state, subtype, message };
}

export function samePresenceValue(a: PresenceValue | null, b: PresenceValue | null): boolean {
  return samePresence(a, b) && sameReturnTime(a?.returnTime ?? null, b?.returnTime ?? null);
}
