import type { SingleSignOnRefusal } from '@lampboard/protocol';
import type { Accounts } from '../accounts/accounts.ts';
import type { StoredAccount } from '../accounts/stored-account.ts';
import type { SingleSignOnResult } from './single-sign-on.ts';

type SignedOn = Extract<SingleSignOnResult, { ok: true }>;

export type FoundAccount =
  | { readonly ok: true; readonly account: StoredAccount }
  | { readonly ok: false; readonly code: Extract<SingleSignOnRefusal, 'name-taken' | 'disabled'> };

/**
 * The account of whoever the provider vouches for, made at the first time, with role and extensions as they are told by
 * now. It is found by its subject alone: a name never leads to somebody else's account. `tellsExtensions`: where the
 * provider does not, those that an administrator gave stay.
 */
export function createSsoAccounts({
  accounts,
  tellsExtensions,
}: {
  accounts: Pick<Accounts, 'add' | 'change' | 'findSubject'>;
  tellsExtensions: boolean;
}): (who: Omit<SignedOn, 'ok' | 'returnTo' | 'replaces'>) => FoundAccount {
  return ({ subject, name, role, extensions: told }) => {
    const known = accounts.findSubject(subject);
    if (known === null) {
      const account = accounts.add({ name, role, extensions: told, proof: 'single-sign-on', subject });
      return account === null ? { ok: false, code: 'name-taken' } : { ok: true, account };
    }
    if (known.disabled) return { ok: false, code: 'disabled' };
    const extensions = [...(tellsExtensions ? told : known.extensions)];
    accounts.change(known.id, { role, extensions, disabled: false });
    return { ok: true, account: { ...known, role, extensions } };
  };
}
