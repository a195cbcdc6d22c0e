import type { Account } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** The accounts in whose name, role or extensions every word is found. */
export function filterAccounts(
  t: Translate,
  accounts: readonly Account[],
  filter: string,
): readonly Account[] {
  const words = filter.toLowerCase().split(/\s+/u);
  return accounts.filter(({ name, role, extensions }) => {
    const text = [name, t(`role.${role}`), ...extensions].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
