import type { Account } from '@lampboard/protocol';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';

/** `invited` and `expired` are accounts that have no password yet. */
export type SignInState = 'ready' | 'invited' | 'expired' | 'no-password';

export function signInStateOf(account: Account, now: number): SignInState {
  const { authMethod, hasPassword, invitedUntil } = account;
  if (authMethod !== 'password' || hasPassword) return 'ready';
  if (invitedUntil === null) return 'no-password';
  return invitedUntil > now ? 'invited' : 'expired';
}

/** Returns how the account signs in, or why it can't yet. */
export function signInLabel(t: Translate, { dateTime }: Formats, account: Account, now: number): string {
  const { authMethod, invitedUntil } = account;
  const time = invitedUntil === null ? '' : dateTime(invitedUntil, now);
  switch (signInStateOf(account, now)) {
    case 'invited':
      return t('accounts.invited-until', { time });
    case 'expired':
      return t('accounts.link-expired', { time });
    case 'no-password':
      return t('accounts.no-password');
    case 'ready':
      return t(`accounts.auth-method.${authMethod}`);
  }
}
