import type { ReturnTime, Presence, PresenceState } from '@lampboard/protocol';

/** What a person says, and when they will be back. */
export interface PresenceValue extends Presence {
  readonly returnTime: ReturnTime | null;
}

/**
 * What somebody says once another state is chosen and nothing else: who is available has nothing to explain and is back,
 * who can be written to is back as well; otherwise texts and return time stay.
 */
export function withState(state: PresenceState, previous: PresenceValue): PresenceValue {
  if (state === previous.state) return previous;
  if (state === 'available') return { state, subtype: '', message: '', returnTime: null };
  return { ...previous, state, returnTime: state === 'chat' ? null : previous.returnTime };
}

/** What can be said once more at `now`, in milliseconds since 1970: nothing follows by itself on a time that is past. */
export function reusablePresence(value: PresenceValue, now: number): PresenceValue {
  const { returnTime } = value;
  return returnTime === null || returnTime.at > now
    ? value
    : { ...value, returnTime: { ...returnTime, thenState: null } };
}
