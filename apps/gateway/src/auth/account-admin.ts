import type Database from 'libsql';
import type { Account, AccountSettings, Failure } from '@lampboard/protocol';
import { DONE, failure } from '../platform/failure.ts';
import type { Sessions } from './sessions.ts';
import { transaction } from '../platform/store/transaction.ts';
import { type Accounts, toPublicAccount } from './accounts.ts';
import type { StoredAccount } from './stored-account.ts';
import type { Passwords } from './passwords.ts';

type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export const UNKNOWN_ACCOUNT = failure(
  'unknown-account',
  'There is no account with this name. Nothing was changed.',
);
const LAST_ADMIN = failure(
  'last-admin',
  'This is the last administrator. Create another one first; nothing was changed.',
);
const nameTaken = (name: string) =>
  failure(
    'name-taken',
    `There already is an account ${name}, which is or looks the same. Nothing was changed.`,
  );

/** Account management, for the administrators' page and the command line. */
export type AccountAdmin = ReturnType<typeof createAccountAdmin>;

interface AccountAdminOptions {
  db: Database.Database;
  accounts: Accounts;
  sessions: Pick<Sessions, 'revokeAll'>;
  passwords: Pick<Passwords, 'hash' | 'checkStrength'>;
}

export function createAccountAdmin({ db, accounts, sessions, passwords }: AccountAdminOptions) {
  const isLastAdmin = ({ id, role, disabled }: StoredAccount) =>
    role === 'admin' && !disabled && !accounts.hasOtherAdmin(id);

  return {
    async add(name: string, password: string, settings: AccountSettings): Promise<Result<Account>> {
      const weak = await passwords.checkStrength(password, name);
      if (weak !== null) return weak;
      const passwordHash = await passwords.hash(password);
      const added = accounts.add({ name, ...settings, authMethod: 'password', passwordHash });
      if (added === null) return nameTaken(accounts.findConfusable(name)?.name ?? name);
      return { ok: true, value: toPublicAccount(added) };
    },
    change(name: string, settings: AccountSettings, newName: string = name): Result<Account> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      const staysAdmin = settings.role === 'admin' && !settings.disabled;
      if (!staysAdmin && isLastAdmin(account)) return LAST_ADMIN;
      const { id } = account;
      return transaction(db, () => {
        const conflicting = newName === name ? null : accounts.findConfusable(newName, id);
        if (conflicting !== null) return nameTaken(conflicting.name);
        if (newName !== name) accounts.rename(id, newName);
        accounts.change(id, settings);
        if (settings.disabled) sessions.revokeAll(id);
        return { ok: true, value: toPublicAccount(accounts.findId(id) ?? account) };
      });
    },
    /** Revokes all sessions of the account. */
    async setPassword(name: string, password: string): Promise<Result<null>> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      if (account.authMethod !== 'password')
        return failure('invalid', 'This account has no password here. Nothing was changed.');
      const weak = await passwords.checkStrength(password, account.name);
      if (weak !== null) return weak;
      const passwordHash = await passwords.hash(password);
      transaction(db, () => {
        accounts.setPassword(account.id, passwordHash);
        sessions.revokeAll(account.id);
      });
      return DONE;
    },
    /** Resets the account's login limit. */
    unlock(name: string): Result<null> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      accounts.unlock(account.id);
      return DONE;
    },
    remove(name: string): Result<null> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      if (isLastAdmin(account)) return LAST_ADMIN;
      accounts.remove(account.id);
      return DONE;
    },
  };
}
