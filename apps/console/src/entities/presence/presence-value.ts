import {
  type Extension,
  type Presence,
  type PresenceState,
  type ReturnTime,
  samePresence,
  sameReturnTime,
} from '@lampboard/protocol';
import { type LiveState, extensionsOf } from '../../data/socket/connection-state.ts';

/** A presence with its return time. */
export interface PresenceValue extends Presence {
  readonly returnTime: ReturnTime | null;
}

/** Returns the value after a change of state: `available` clears texts and return time, `chat` the return time. */
export function withState(state: PresenceState, previous: PresenceValue): PresenceValue {
  if (state === previous.state) return previous;
  if (state === 'available') return { state, subtype: '', message: '', returnTime: null };
  return { ...previous, state, returnTime: state === 'chat' ? null : previous.returnTime };
}

/** Returns a value to set again at `now`, in milliseconds since 1970: a past return time has no state to follow. */
export function reusablePresence(value: PresenceValue, now: number): PresenceValue {
  const { returnTime } = value;
  return returnTime === null || returnTime.at > now
    ? value
    : { ...value, returnTime: { ...returnTime, thenState: null } };
}

/** Returns null where the extension has no presence. */
export function presenceValueOf({
  presence,
  returnTime,
}: Pick<Extension, 'presence' | 'returnTime'>): PresenceValue | null {
  return presence === null ? null : { ...presence, returnTime };
}

/** Returns null where the extension is not on the board, or has no presence. */
export function currentValueOf(state: LiveState, id: string): PresenceValue | null {
  const extension = extensionsOf(state).get(id);
  return extension === undefined ? null : presenceValueOf(extension);
}

export const presenceOf = ({ state, subtype, message }: Presence): Presence => ({ state, subtype, message });

export const samePresenceValue = (a: PresenceValue | null, b: PresenceValue | null): boolean =>
  samePresence(a, b) && sameReturnTime(a?.returnTime ?? null, b?.returnTime ?? null);
