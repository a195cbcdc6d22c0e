import type { Back, Presence, PresenceState } from '@lampboard/protocol';

/** What a person says, and when they will be back. */
export interface Said extends Presence {
  readonly back: Back | null;
}

/**
 * What somebody says once another state is chosen and nothing else: who is available has nothing to explain and is back,
 * who can be written to is back as well; otherwise texts and return time stay.
 */
export function withState(state: PresenceState, before: Said): Said {
  if (state === before.state) return before;
  if (state === 'available') return { state, subtype: '', message: '', back: null };
  return { ...before, state, back: state === 'chat' ? null : before.back };
}

/** What can be said once more at `now`, in milliseconds since 1970: nothing follows by itself on a time that is past. */
export function saidAgain(said: Said, now: number): Said {
  const { back } = said;
  return back === null || back.at > now ? said : { ...said, back: { ...back, next: null } };
}
