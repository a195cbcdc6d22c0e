import {
  type ExtensionRow,
  type Failure,
  type Presence,
  isWritableProvider,
  messageBytesLimit,
  utf8Bytes,
} from '@lampboard/protocol';
import { failureWords } from '../i18n/failure-words.ts';
import type { Translate } from '../i18n/translate.ts';

/** Why this account may not set this presence, or nobody may. */
export function whyNotSettable(t: Translate, { provider, exten, person: { name } }: ExtensionRow): string {
  if (provider === null) return t('person.no-provider');
  const writable: boolean = isWritableProvider(provider);
  if (!writable) return t('person.read-only-provider', { provider });
  return name === exten ? t('person.only-extension', { exten }) : t('person.only-name', { name });
}

/** Why Asterisk would not take this presence as it stands. */
export function refusedPresenceWords(t: Translate, failure: Failure, form: Presence): string {
  return failure.code === 'too-long'
    ? t('editor.too-long', { room: messageBytesLimit(form), bytes: utf8Bytes(form.message) })
    : failureWords(t, failure);
}
