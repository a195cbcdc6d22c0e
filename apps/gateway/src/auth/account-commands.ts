import type Database from 'libsql';
import { UNKNOWN_ACCOUNT, type AccountAdmin } from './account-admin.ts';
import { type Accounts, toPublicAccount } from './accounts.ts';
import type { Passwords } from './passwords.ts';
import type { LoginLimiter } from './login-limiter.ts';
import type { Sessions } from './sessions.ts';
import { transaction } from '../platform/store/transaction.ts';
import type { CommandHandlers } from './dispatcher.ts';
import { DONE, failure } from '../platform/failure.ts';
import { sameAccountName } from '@lampboard/protocol';

const WRONG_PASSWORD = failure('wrong-credentials', 'The current password is wrong. Nothing was changed.');
const USE_CHANGE_PASSWORD = failure(
  'forbidden',
  'Change your own password under “Account & sessions”, which asks for the current one.',
);

interface AccountCommandsOptions {
  db: Database.Database;
  accounts: Accounts;
  admin: AccountAdmin;
  sessions: Sessions;
  passwords: Passwords;
  loginLimiter: LoginLimiter;
}

export function createAccountCommands(options: AccountCommandsOptions) {
  const { db, accounts, admin, sessions, passwords, loginLimiter } = options;
  return {
    'list-accounts': () => ({ ok: true, value: accounts.list().map(toPublicAccount) }),
    'add-account': ({ name, password, settings }) => admin.add(name, password, settings),
    'change-account': ({ account, name, settings }) => admin.change(account, settings, name),
    'set-password': ({ account, password }, { account: currentAccount }) =>
      sameAccountName(account, currentAccount.name)
        ? USE_CHANGE_PASSWORD
        : admin.setPassword(account, password),
    'remove-account': ({ account }) => admin.remove(account),
    'list-name-conflicts': ({ names }) => ({ ok: true, value: accounts.nameConflicts(names) }),
    'add-invited-accounts': (request) => admin.addInvited(request),
    'invite-accounts': (request, { account: currentAccount }) =>
      request.accounts.some((account) => sameAccountName(account, currentAccount.name))
        ? USE_CHANGE_PASSWORD
        : admin.invite(request),
    'revoke-invitation': ({ account }) => admin.revokeInvitation(account),
    'list-sessions'({ account: name }, session) {
      const account = accounts.find(name);
      return account === null ? UNKNOWN_ACCOUNT : { ok: true, value: sessions.list(account.id, session.id) };
    },
    'revoke-session'({ account: name, session: id }) {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      if (sessions.revoke(account.id, id)) return DONE;
      return failure('unknown-session', 'This session has already ended.');
    },
    'revoke-sessions'({ account: name }) {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      sessions.revokeAll(account.id);
      return DONE;
    },
    async 'change-password'({ current, password }, { id, account }) {
      const { passwordHash } = account;
      if (passwordHash === null) return WRONG_PASSWORD;
      const weakPassword = await passwords.checkStrength(password, account.name);
      if (weakPassword !== null) return weakPassword;
      const origin = `session ${account.id}`;
      const loginAttempt = { account: origin, address: origin, isKnownNetwork: true };
      const retryAfter = await loginLimiter.consume(loginAttempt);
      if (retryAfter !== null) return failure('too-many', `Too many attempts. Try again in ${retryAfter} s.`);
      if ((await passwords.verify(passwordHash, current)) !== true) return WRONG_PASSWORD;
      await loginLimiter.recordSuccess(loginAttempt);
      const hashed = await passwords.hash(password);
      const isReplaced = transaction(db, () => {
        if (!accounts.replacePassword(account.id, passwordHash, hashed)) return false;
        sessions.revokeAll(account.id, id);
        return true;
      });
      return isReplaced ? DONE : WRONG_PASSWORD;
    },
  } satisfies Partial<CommandHandlers>;
}
