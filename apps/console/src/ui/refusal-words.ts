import {
  type ExtensionRow,
  type Failure,
  type Me,
  type Presence,
  messageBytesLimit,
  readOnlyReason,
  utf8Bytes,
} from '@lampboard/protocol';
import { failureWords } from '../i18n/failure-words.ts';
import type { Translate } from '../i18n/translate.ts';

/**
 * Why this account may not set this presence, or nobody may; `name` is what whoever has it is called. What is wrong with
 * the hint is for administrators.
 */
export function whyNotSettable(
  t: Translate,
  me: Me | null,
  { provider, exten, person }: ExtensionRow,
  name: string,
): string {
  const reason = readOnlyReason(provider);
  if (reason !== null) {
    if (me?.role === 'admin') return t(`person.${reason}`, { provider: provider ?? '' });
    return t(reason === 'no-provider' ? 'person.no-presence' : 'person.not-settable');
  }
  return person.name === exten
    ? t('person.only-extension', { exten: name })
    : t('person.only-name', { name });
}

/** Why Asterisk would not take this presence as it stands. */
export function refusedPresenceWords(t: Translate, failure: Failure, form: Presence): string {
  return failure.code === 'too-long'
    ? t('editor.too-long', { room: messageBytesLimit(form), bytes: utf8Bytes(form.message) })
    : failureWords(t, failure);
}
