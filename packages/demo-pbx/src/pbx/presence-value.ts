import { decodeBase64, encodeBase64 } from '../bytes.ts';

/** Asterisk's presence states. */
const PRESENCE_STATES = ['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd'] as const;

export type PresenceState = (typeof PRESENCE_STATES)[number];

/** A person's presence. Subtype and message are any text, '' where there is none. */
export interface Presence {
  state: PresenceState;
  subtype: string;
  message: string;
}

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

/** Bytes of subtype and of message that events, lists and desk phones get of a base64 write. */
const MAX_EVENT_TEXT_BYTES = 255;

/** What a value of `PRESENCE_STATE()` means: `full` is what reading gives, `announced` what events carry. */
export interface PresenceValue {
  full: Presence;
  announced: Presence;
}

/** Reads `state[,subtype[,message[,options]]]`; undefined where Asterisk answers `Variable not set`. */
export function parsePresenceValue(value: string): PresenceValue | undefined {
  const [stateText = '', subtype = '', message = '', options = ''] = value.split(',');
  const lowerCased = stateText.toLowerCase();
  const state = PRESENCE_STATES.find((known) => known === lowerCased);
  if (!state || (options !== '' && !options.includes('e'))) return undefined;
  if (options === '') {
    const presence = { state, subtype, message };
    return { full: presence, announced: presence };
  }
  const full = { state, subtype: decodeBase64(subtype), message: decodeBase64(message) };
  // Asterisk announces not_set by reading back what it stored, which is not cut.
  if (state === 'not_set') return { full, announced: full };
  const truncated = {
    state,
    subtype: full.subtype.slice(0, MAX_EVENT_TEXT_BYTES),
    message: full.message.slice(0, MAX_EVENT_TEXT_BYTES),
  };
  return { full, announced: truncated };
}

/** The value that sets a presence, in base64 so that any text is safe. */
export function formatPresenceValue({ state, subtype, message }: Presence): string {
  if (subtype === '' && message === '') return state;
  return `${state},${encodeBase64(subtype)},${encodeBase64(message)},e`;
}
