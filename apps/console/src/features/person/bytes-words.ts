import {
  DESK_PHONE_BYTES,
  type Presence,
  deskPhoneCharacters,
  messageBytesLimit,
  utf8Bytes,
} from '@lampboard/protocol';

/** What becomes of the message's bytes, told while it is typed. */
export function messageBytesWords(form: Presence): string {
  const bytes = utf8Bytes(form.message);
  if (bytes <= DESK_PHONE_BYTES)
    return `${bytes} of ${DESK_PHONE_BYTES} bytes · all of it fits on desk phones`;
  const shown = deskPhoneCharacters(form.message);
  return `desk phones show the first ${shown} characters · ${bytes} of ${messageBytesLimit(form)} bytes`;
}

/** Null while all of the subtype fits on desk phones. */
export function subtypeBytesWords(subtype: string): string | null {
  if (utf8Bytes(subtype) <= DESK_PHONE_BYTES) return null;
  return `desk phones show the first ${deskPhoneCharacters(subtype)} characters`;
}
