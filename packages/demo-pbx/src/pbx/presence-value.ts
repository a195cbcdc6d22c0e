import { decodeBase64, encodeBase64 } from './bytes.ts';

const PRESENCE_STATES = ['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd'] as const;

export type PresenceState = (typeof PRESENCE_STATES)[number];

export interface Presence {
  state: PresenceState;
  subtype: string;
  message: string;
}

export const NOT_SET: Presence = { state: 'not_set', subtype: '', message: '' };

/** Events, lists and desk phones get at most this of each text of a base64 write. */
const MAX_EVENT_TEXT_BYTES = 255;

/** `full` is stored, `announced` is sent in events. */
export interface PresenceValue {
  full: Presence;
  announced: Presence;
}

/** Parses `state[,subtype[,message[,options]]]`; undefined where Asterisk answers `Variable not set`. */
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
  // Asterisk announces not_set from its store, untruncated.
  if (state === 'not_set') return { full, announced: full };
  const truncated = {
    state,
    subtype: full.subtype.slice(0, MAX_EVENT_TEXT_BYTES),
    message: full.message.slice(0, MAX_EVENT_TEXT_BYTES),
  };
  return { full, announced: truncated };
}

export function formatPresenceValue({ state, subtype, message }: Presence): string {
  if (subtype === '' && message === '') return state;
  return `${state},${encodeBase64(subtype)},${encodeBase64(message)},e`;
}
