import type Database from 'libsql';
import {
  type Account,
  type AccountSettings,
  type CommandRequest,
  type Failure,
  type Invitations,
  isOfAnyPbx,
} from '@lampboard/protocol';
import { DONE, failure } from '../platform/failure.ts';
import type { Sessions } from './sessions.ts';
import { transaction } from '../platform/store/transaction.ts';
import { type Accounts, toPublicAccount } from './accounts.ts';
import type { InvitationStore } from './invitations.ts';
import type { StoredAccount } from './stored-account.ts';
import type { Passwords } from './passwords.ts';

type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export const UNKNOWN_ACCOUNT = failure(
  'unknown-account',
  'There is no account with this name. Nothing was changed.',
);
const LAST_ADMIN = failure(
  'last-admin',
  'This is the last administrator who can sign in. Create another one first; nothing was changed.',
);
const NO_PASSWORD = failure('invalid', 'This account has no password here. Nothing was changed.');
const NO_PASSWORDS = failure(
  'invalid',
  'This site allows single sign-on only, so nobody needs a password here. Nothing was changed.',
);
const DISABLED = failure('invalid', 'This account is disabled. Enable it first; nothing was changed.');
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
  invitations: InvitationStore;
  /** The page's address, which ends with a slash. */
  pageUrl: string;
  isPasswordAllowed: boolean;
  /** PBXs to which assigned extensions may belong. */
  pbxIds: readonly string[];
}

export function createAccountAdmin(options: AccountAdminOptions) {
  const { db, accounts, sessions, passwords, invitations, pageUrl, isPasswordAllowed, pbxIds } = options;
  function checkPbxs(extensions: readonly string[]): Failure | null {
    const unknown = extensions.find((id) => !isOfAnyPbx(id, pbxIds));
    return unknown === undefined
      ? null
      : failure(
          'invalid',
          `“${unknown}” does not begin with the id of its PBX: ${pbxIds.map((id) => `${id}/…`).join(', ')}. Nothing was changed.`,
        );
  }
  const isLastAdmin = ({ id, role, disabled }: StoredAccount) =>
    role === 'admin' && !disabled && !accounts.hasOtherAdmin(id);
  const nameTakenBy = (name: string) => nameTaken(accounts.nameConflicts([name])[0]?.account ?? name);

  /** Creates a link for each account. */
  function inviteAll(invited: readonly StoredAccount[], days: number): Invitations {
    const expiresAt = invitations.expiryAfter(days);
    const links = invited.map(({ id, name }) => ({
      account: name,
      url: `${pageUrl}invite#${invitations.create(id, expiresAt)}`,
    }));
    return { expiresAt, links };
  }

  return {
    async add(name: string, password: string, settings: AccountSettings): Promise<Result<Account>> {
      const invalid = checkPbxs(settings.extensions) ?? (await passwords.checkStrength(password, name));
      if (invalid !== null) return invalid;
      const passwordHash = await passwords.hash(password);
      const added = accounts.add({ name, ...settings, authMethod: 'password', passwordHash });
      if (added === null) return nameTakenBy(name);
      return { ok: true, value: toPublicAccount(added) };
    },
    change(name: string, settings: AccountSettings, newName: string = name): Result<Account> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      const staysAdmin = settings.role === 'admin' && !settings.disabled;
      if (!staysAdmin && isLastAdmin(account)) return LAST_ADMIN;
      const invalid = checkPbxs(settings.extensions.filter((id) => !account.extensions.includes(id)));
      if (invalid !== null) return invalid;
      const { id } = account;
      return transaction(db, () => {
        const [conflict] = newName === name ? [] : accounts.nameConflicts([newName], id);
        if (conflict !== undefined) return nameTaken(conflict.account);
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
      if (account.authMethod !== 'password') return NO_PASSWORD;
      const weak = await passwords.checkStrength(password, account.name);
      if (weak !== null) return weak;
      const passwordHash = await passwords.hash(password);
      transaction(db, () => {
        accounts.setPassword(account.id, passwordHash);
        sessions.revokeAll(account.id);
      });
      return DONE;
    },
    /** Adds all accounts, or none; each gets an invitation instead of a password. */
    addInvited({ accounts: added, days }: CommandRequest<'add-invited-accounts'>): Result<Invitations> {
      if (!isPasswordAllowed) return NO_PASSWORDS;
      const invalid = checkPbxs(added.flatMap(({ settings }) => settings.extensions));
      if (invalid !== null) return invalid;
      return transaction(db, () => {
        const stored = accounts.addAll(
          added.map(({ name, settings }) => ({ name, ...settings, authMethod: 'password' })),
        );
        if (stored !== null) return { ok: true, value: inviteAll(stored, days) };
        const [conflict] = accounts.nameConflicts(added.map(({ name }) => name));
        return nameTaken(conflict?.account ?? '');
      });
    },
    /** Invites all accounts, or none. Passwords and sessions stay until the invitation is accepted. */
    invite({ accounts: names, days }: CommandRequest<'invite-accounts'>): Result<Invitations> {
      if (!isPasswordAllowed) return NO_PASSWORDS;
      return transaction(db, () => {
        const byId = new Map<number, StoredAccount>();
        for (const name of names) {
          const account = accounts.find(name);
          if (account === null) return UNKNOWN_ACCOUNT;
          byId.set(account.id, account);
        }
        const stored = [...byId.values()];
        if (stored.some(({ authMethod }) => authMethod !== 'password')) return NO_PASSWORD;
        if (stored.some(({ disabled }) => disabled)) return DISABLED;
        return { ok: true, value: inviteAll(stored, days) };
      });
    },
    revokeInvitation(name: string): Result<null> {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      invitations.remove(account.id);
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
