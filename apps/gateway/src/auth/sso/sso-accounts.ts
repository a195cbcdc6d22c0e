import type { SingleSignOnFailure } from '@lampboard/protocol';
import type { Accounts } from '../accounts.ts';
import type { StoredAccount } from '../stored-account.ts';
import type { SingleSignOnResult } from './single-sign-on.ts';

type VerifiedIdentity = Extract<SingleSignOnResult, { ok: true }>;

export type SsoAccountResult =
  | { readonly ok: true; readonly account: StoredAccount }
  | { readonly ok: false; readonly code: Extract<SingleSignOnFailure, 'name-taken' | 'disabled'> };

/**
 * Finds or creates the account of a verified identity, and updates role and extensions. Accounts are found by subject only,
 * never by name. Without `providesExtensions`, the extensions that an administrator assigned are retained.
 */
export function createSsoAccounts({
  accounts,
  providesExtensions,
}: {
  accounts: Pick<Accounts, 'add' | 'change' | 'findSubject'>;
  providesExtensions: boolean;
}): (identity: Omit<VerifiedIdentity, 'ok' | 'returnTo' | 'previousSessionId'>) => SsoAccountResult {
  return ({ subject, name, role, extensions: claimedExtensions }) => {
    const existing = accounts.findSubject(subject);
    if (existing === null) {
      const account = accounts.add({
        name,
        role,
        extensions: claimedExtensions,
        authMethod: 'single-sign-on',
        subject,
      });
      return account === null ? { ok: false, code: 'name-taken' } : { ok: true, account };
    }
    if (existing.disabled) return { ok: false, code: 'disabled' };
    const extensions = [...(providesExtensions ? claimedExtensions : existing.extensions)];
    accounts.change(existing.id, { role, extensions, disabled: false });
    return { ok: true, account: { ...existing, role, extensions } };
  };
}
