import type { Account } from '@lampboard/protocol';
import { ROLE_WORDS } from '../../ui/words.ts';

/** The accounts in whose name, role or extensions every word is found. */
export function filterAccounts(accounts: readonly Account[], filter: string): readonly Account[] {
  const words = filter.toLowerCase().split(/\s+/u);
  return accounts.filter(({ name, role, extensions }) => {
    const text = [name, ROLE_WORDS[role], ...extensions].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
