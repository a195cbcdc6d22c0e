import { mismatchOf, phoneLamp } from '@lampboard/model';
import { type Extension, type Me, NOT_SET, isAllowed, isWritableProvider } from '@lampboard/protocol';
import { type PresenceValue, presenceValueOf, withState } from '../presence/presence-value.ts';

/** Presences that agree with the phone: what the board has, and what to set. */
interface Agreement {
  readonly current: PresenceValue;
  readonly value: PresenceValue;
}

/**
 * Returns how the presence of someone who is marked available, but on do not disturb at the phone, agrees with it; null
 * without that contradiction, and for accounts that may not set the presence.
 */
export function phoneAgreement(extension: Extension, me: Me | null): Agreement | null {
  const { id, provider } = extension;
  const current = presenceValueOf(extension);
  if (current === null || mismatchOf(extension) !== 'available-but-dnd') return null;
  const isEditable =
    isWritableProvider(provider) &&
    me !== null &&
    isAllowed(me, 'set-presence', { id, presence: NOT_SET, base: NOT_SET });
  return isEditable ? { current, value: withState('dnd', current) } : null;
}

/** Beside the presence `dnd`: true for a phone of which do not disturb is known, and off. */
export function isPhoneStillRinging(extension: Extension): boolean {
  const { presence, phone } = extension;
  if (presence?.state !== 'dnd' || !phone) return false;
  return !phone.dnd && !phone.forwarded && phoneLamp(extension) !== 'unavailable';
}
