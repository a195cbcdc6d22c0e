/** Presence states that Asterisk's `PRESENCE_STATE()` accepts, in the order of their keys 1–6. */
export const SETTABLE_STATES = ['available', 'chat', 'away', 'xa', 'dnd', 'unavailable'] as const;
export type SettableState = (typeof SETTABLE_STATES)[number];

/** `not_set` is read-only: Asterisk reports it for a provider that was never set. */
export const PRESENCE_STATES = [...SETTABLE_STATES, 'not_set'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

export function isSettableState(state: string): state is SettableState {
  return SETTABLE_STATES.some((known) => known === state);
}

export function isPresenceState(state: string): state is PresenceState {
  return PRESENCE_STATES.some((known) => known === state);
}
