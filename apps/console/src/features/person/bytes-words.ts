import {
  DESK_PHONE_BYTES,
  type Presence,
  deskPhoneCharacters,
  messageBytesLimit,
  utf8Bytes,
} from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** What becomes of the message's bytes, told while it is typed. */
export function messageBytesWords(t: Translate, form: Presence): string {
  const bytes = utf8Bytes(form.message);
  if (bytes <= DESK_PHONE_BYTES) return t('editor.all-fits', { bytes, limit: DESK_PHONE_BYTES });
  const shown = deskPhoneCharacters(form.message);
  return t('editor.part-fits', { shown, bytes, limit: messageBytesLimit(form) });
}

/** Null while all of the subtype fits on desk phones. */
export function subtypeBytesWords(t: Translate, subtype: string): string | null {
  if (utf8Bytes(subtype) <= DESK_PHONE_BYTES) return null;
  return t('editor.subtype-part-fits', { shown: deskPhoneCharacters(subtype) });
}
