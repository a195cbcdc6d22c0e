import type { Presence, SettablePresence, WantedPresence } from './presence.ts';
import type { Failure } from './result.ts';
import { isSettableState } from './vocabulary.ts';

/** The longest header line, in bytes without its CRLF, that Asterisk 16 and 22 take from an AMI client. */
export const AMI_LINE_BYTES = 1022;

/** Desk phones, AMI events and AMI lists carry at most so many bytes of a subtype, and of a message. */
export const DESK_PHONE_BYTES = 255;

const encoder = new TextEncoder();

export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

const base64Bytes = (text: string) => 4 * Math.ceil(utf8Bytes(text) / 3);

/** Bytes of the AMI line `Value: state,subtype,message,e`, subtype and message in base64, that would carry this presence. */
export function presenceLineBytes({ state, subtype, message }: Presence): number {
  return `Value: ${state},,,e`.length + base64Bytes(subtype) + base64Bytes(message);
}

/** Bytes of message that still fit beside this state and subtype; never negative. */
export function messageBytesLimit({ state, subtype }: Pick<Presence, 'state' | 'subtype'>): number {
  const left = AMI_LINE_BYTES - presenceLineBytes({ state, subtype, message: '' });
  return Math.max(0, Math.floor(left / 4) * 3);
}

/** How many whole characters of a text desk phones show: what fits into {@link DESK_PHONE_BYTES}. */
export function deskPhoneCharacters(text: string): number {
  let bytes = 0;
  let characters = 0;
  for (const character of text) {
    bytes += utf8Bytes(character);
    if (bytes > DESK_PHONE_BYTES) break;
    characters += 1;
  }
  return characters;
}

/**
 * Decides whether a presence can be written to Asterisk and come back byte for byte, and makes it ready: CRLF becomes LF.
 * Refuses unknown states, text that is not well-formed Unicode, NUL (Asterisk's strings end there), and more bytes
 * than one AMI line carries.
 */
export function checkPresence(
  wanted: WantedPresence,
): { readonly ok: true; readonly presence: SettablePresence } | Failure {
  const { state } = wanted;
  if (!isSettableState(state)) {
    return {
      ok: false,
      code: 'unknown-state',
      message: `“${state.slice(0, 40)}” is not a presence state. Nothing was changed.`,
    };
  }
  const presence = {
    state,
    subtype: wanted.subtype.replaceAll('\r\n', '\n'),
    message: wanted.message.replaceAll('\r\n', '\n'),
  };
  const text = presence.subtype + presence.message;
  if (!presence.subtype.isWellFormed() || !presence.message.isWellFormed() || text.includes('\0')) {
    return {
      ok: false,
      code: 'not-text',
      message:
        'Subtype or message holds characters that are not text (half a character or NUL). Nothing was changed.',
    };
  }
  const over = presenceLineBytes(presence) - AMI_LINE_BYTES;
  if (over > 0) {
    const room = messageBytesLimit(presence);
    return {
      ok: false,
      code: 'too-long',
      message: `Asterisk takes ${room} bytes of message beside this subtype, and this one has ${utf8Bytes(presence.message)}. Shorten it; nothing was changed.`,
    };
  }
  return { ok: true, presence };
}
