import type { Account, Invitations } from '@lampboard/protocol';
import { useCallback } from 'react';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { useLive } from '../../data/socket/live-context.tsx';
import type { InvitedPerson } from '../../entities/account/invitation-links.tsx';
import { hasName } from '../../entities/extension/accessible-name.ts';

/** Returns a function that finds name and address of invited people by the extensions of their accounts. */
export function useInvitedPeople() {
  const { store } = useLive();
  return useCallback(
    (
      links: Invitations['links'],
      accounts: readonly Pick<Account, 'name' | 'extensions'>[],
    ): InvitedPerson[] => {
      const extensionsById = extensionsOf(store.getState());
      const extensionsOfAccount = new Map(accounts.map(({ name, extensions }) => [name, extensions]));
      return links.map(({ account, url }) => {
        const entries = (extensionsOfAccount.get(account) ?? []).flatMap(
          (id) => extensionsById.get(id) ?? [],
        );
        const entry = entries.find(({ person }) => person.email !== '') ?? entries[0];
        if (entry === undefined) return { account, url, name: '', email: '' };
        return { account, url, name: hasName(entry) ? entry.person.name : '', email: entry.person.email };
      });
    },
    [store],
  );
}
