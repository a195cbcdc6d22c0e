import type { Presence, SettablePresence, PresenceInput } from './presence.ts';
import type { Failure } from '../common/failure.ts';
import { isSettableState } from './states.ts';

/** The longest header line, without its CRLF, that Asterisk 16 and 22 accept from an AMI client. */
export const MAX_AMI_LINE_BYTES = 1022;

/** Desk phones, AMI events and AMI lists truncate subtype and message to this. */
export const MAX_DESK_PHONE_BYTES = 255;

const encoder = new TextEncoder();

export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

const base64Bytes = (text: string) => 4 * Math.ceil(utf8Bytes(text) / 3);

/** Bytes of the AMI line `Value: state,subtype,message,e`, with subtype and message in base64. */
export function amiLineBytes({ state, subtype, message }: Presence): number {
  return `Value: ${state},,,e`.length + base64Bytes(subtype) + base64Bytes(message);
}

/** Bytes of message that fit beside this state and subtype; never negative. */
export function maxMessageBytes({ state, subtype }: Pick<Presence, 'state' | 'subtype'>): number {
  const availableBytes = MAX_AMI_LINE_BYTES - amiLineBytes({ state, subtype, message: '' });
  return Math.max(0, Math.floor(availableBytes / 4) * 3);
}

/** Number of whole characters that fit into {@link MAX_DESK_PHONE_BYTES}. */
export function deskPhoneCharacters(text: string): number {
  let bytes = 0;
  let characters = 0;
  for (const character of text) {
    bytes += utf8Bytes(character);
    if (bytes > MAX_DESK_PHONE_BYTES) break;
    characters += 1;
  }
  return characters;
}

/**
 * Validates that Asterisk stores a presence byte for byte, and replaces CRLF by LF. Fails for unknown states, malformed
 * Unicode, NUL (Asterisk's strings end there), and more bytes than one AMI line carries.
 */
export function validatePresence({
  state,
  ...input
}: PresenceInput): { readonly ok: true; readonly presence: SettablePresence } | Failure {
  const failure = (code: Failure['code'], message: string): Failure => ({ ok: false, code, message });
  if (!isSettableState(state))
    return failure('unknown-state', `“${state.slice(0, 40)}” is not a presence state. Nothing was changed.`);
  const presence = {
    state,
    subtype: input.subtype.replaceAll('\r\n', '\n'),
    message: input.message.replaceAll('\r\n', '\n'),
  };
  const isText = (text: string) => text.isWellFormed() && !text.includes('\0');
  if (!isText(presence.subtype) || !isText(presence.message))
    return failure(
      'invalid-text',
      'Subtype or message holds characters that are not text (half a character or NUL). Nothing was changed.',
    );
  if (amiLineBytes(presence) > MAX_AMI_LINE_BYTES)
    return failure(
      'too-long',
      `Asterisk takes ${maxMessageBytes(presence)} bytes of message beside this subtype, and this one has ${utf8Bytes(presence.message)}. Shorten it; nothing was changed.`,
    );
  return { ok: true, presence };
}
