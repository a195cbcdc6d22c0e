/** What the telephone does: BLF device state. `unknown` stands for everything that Asterisk did not say. */
export const LAMPS = [
  'idle',
  'in-use',
  'busy',
  'unavailable',
  'ringing',
  'in-use-ringing',
  'on-hold',
  'in-use-on-hold',
  'unknown',
] as const;
export type Lamp = (typeof LAMPS)[number];

/** The presence states that Asterisk's `PRESENCE_STATE()` takes for `CustomPresence:` providers, in the order of their keys 1–6. */
export const SETTABLE_STATES = ['available', 'chat', 'away', 'xa', 'dnd', 'unavailable'] as const;
export type SettableState = (typeof SETTABLE_STATES)[number];

/** What the person says. `not_set` is only ever read: Asterisk answers it where nobody has said anything yet. */
export const PRESENCE_STATES = [...SETTABLE_STATES, 'not_set'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

export function isSettableState(state: string): state is SettableState {
  return SETTABLE_STATES.some((known) => known === state);
}

export function isPresenceState(state: string): state is PresenceState {
  return PRESENCE_STATES.some((known) => known === state);
}
