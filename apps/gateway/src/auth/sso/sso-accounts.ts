import { ONLY_PBX, isOfAnyPbx } from '@lampboard/protocol';
import type { Accounts } from '../accounts.ts';
import type { StoredAccount } from '../stored-account.ts';
import type { SingleSignOnResult } from './single-sign-on.ts';

type Identity = Omit<Extract<SingleSignOnResult, { ok: true }>, 'ok' | 'returnTo' | 'previousSessionId'>;

interface SsoAccountsOptions {
  accounts: Pick<Accounts, 'add' | 'change' | 'findSubject'>;
  providesExtensions: boolean;
  /** Extensions of other PBXs are left out. */
  pbxIds?: readonly string[];
}

/**
 * Finds or creates the account of a verified identity, and updates role and extensions. Accounts are found by subject only,
 * never by name. Without `providesExtensions`, the extensions that an administrator assigned are retained.
 */
export function createSsoAccounts({ accounts, providesExtensions, pbxIds = [ONLY_PBX] }: SsoAccountsOptions) {
  const rejected = (code: 'name-taken' | 'disabled') => ({ ok: false, code }) as const;
  const accepted = (account: StoredAccount) => ({ ok: true, account }) as const;
  return (claimed: Identity) => {
    const identity = { ...claimed, extensions: claimed.extensions.filter((id) => isOfAnyPbx(id, pbxIds)) };
    const { role } = identity;
    const existing = accounts.findSubject(identity.subject);
    if (existing === null) {
      const account = accounts.add({ ...identity, authMethod: 'single-sign-on' });
      return account === null ? rejected('name-taken') : accepted(account);
    }
    if (existing.disabled) return rejected('disabled');
    const extensions = [...(providesExtensions ? identity.extensions : existing.extensions)];
    accounts.change(existing.id, { role, extensions, disabled: false });
    return accepted({ ...existing, role, extensions });
  };
}
