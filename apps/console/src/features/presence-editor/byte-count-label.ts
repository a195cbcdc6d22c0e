import {
  MAX_DESK_PHONE_BYTES,
  type Presence,
  deskPhoneCharacters,
  maxMessageBytes,
  utf8Bytes,
} from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

export function messageByteCountLabel(t: Translate, form: Presence): string {
  const bytes = utf8Bytes(form.message);
  if (bytes <= MAX_DESK_PHONE_BYTES) return t('editor.all-fits', { bytes, limit: MAX_DESK_PHONE_BYTES });
  const visibleCharacters = deskPhoneCharacters(form.message);
  return t('editor.part-fits', { shown: visibleCharacters, bytes, limit: maxMessageBytes(form) });
}

/** Null while all of it fits. */
export function subtypeByteCountLabel(t: Translate, subtype: string): string | null {
  if (utf8Bytes(subtype) <= MAX_DESK_PHONE_BYTES) return null;
  return t('editor.subtype-part-fits', { shown: deskPhoneCharacters(subtype) });
}
