import {
  type Extension,
  type Failure,
  type Me,
  type Presence,
  maxMessageBytes,
  readOnlyReason,
  utf8Bytes,
} from '@lampboard/protocol';
import { failureMessage } from '../../i18n/failure-message.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Returns why this presence cannot be set, by the user or by anyone. Details of the hint are for administrators. */
export function readOnlyMessage(
  t: Translate,
  me: Me | null,
  { provider, exten, person }: Extension,
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

/** Returns why a change failed; names the PBX that is down, where there are several. */
export function editFailureMessage(
  t: Translate,
  failure: Parameters<typeof failureMessage>[1],
  pbx: string | null,
): string {
  return failure.code === 'link-down' && pbx !== null
    ? t('editor.pbx-down', { pbx })
    : failureMessage(t, failure);
}

/** Returns why this presence cannot be saved. */
export function presenceFailureMessage(t: Translate, failure: Failure, presence: Presence): string {
  return failure.code === 'too-long'
    ? t('editor.too-long', { limit: maxMessageBytes(presence), bytes: utf8Bytes(presence.message) })
    : failureMessage(t, failure);
}
