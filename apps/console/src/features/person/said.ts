import {
  type Back,
  type ExtensionRow,
  type Presence,
  type PresenceState,
  sameBack,
  samePresence,
} from '@lampboard/protocol';

/** What a person says, and when they will be back. */
export interface Said extends Presence {
  readonly back: Back | null;
}

/** What the board holds of it; null where the extension has no presence. */
export function saidOf({ presence, back }: Pick<ExtensionRow, 'presence' | 'back'>): Said | null {
  return presence === null ? null : { ...presence, back };
}

export function presenceOf({ state, subtype, message }: Presence): Presence {
  return { state, subtype, message };
}

export function sameSaid(a: Said | null, b: Said | null): boolean {
  return samePresence(a, b) && sameBack(a?.back ?? null, b?.back ?? null);
}

const isThere = (state: PresenceState) => state === 'available' || state === 'chat';

/** The return time that comes with a state where nobody types another: who is there is back already. */
export function backWith(state: PresenceState, base: Said): Back | null {
  return state !== base.state && isThere(state) ? null : base.back;
}

/** What can be said once more at `now`, in milliseconds since 1970: nothing follows by itself on a time that is past. */
export function saidAgain(said: Said, now: number): Said {
  const { back } = said;
  return back === null || back.at > now ? said : { ...said, back: { ...back, next: null } };
}
