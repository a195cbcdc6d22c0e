import type Database from 'libsql';
import { UNKNOWN_ACCOUNT } from '../accounts/account-admin.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Passwords } from '../accounts/passwords.ts';
import type { Throttle } from '../accounts/throttle.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { transaction } from '../store/transaction.ts';
import type { Handlers } from './commands.ts';
import { refuse } from '../refuse.ts';

const DONE = { ok: true, value: null } as const;

/** What an account does with its own sign-ins, and an administrator with everybody's. */
export function createSessionCommands({
  db,
  accounts,
  sessions,
  passwords,
  throttle,
}: {
  db: Database.Database;
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  throttle: Throttle;
}): Pick<Handlers, 'list-sessions' | 'end-session' | 'end-sessions' | 'change-password'> {
  return {
    'list-sessions'({ account: name }, session) {
      const account = accounts.find(name);
      return account === null ? UNKNOWN_ACCOUNT : { ok: true, value: sessions.list(account.id, session.id) };
    },
    'end-session'({ account: name, session: id }) {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      if (sessions.end(account.id, id)) return DONE;
      return refuse('unknown-session', 'This sign-in has ended already.');
    },
    'end-sessions'({ account: name }) {
      const account = accounts.find(name);
      if (account === null) return UNKNOWN_ACCOUNT;
      sessions.endAll(account.id);
      return DONE;
    },
    async 'change-password'({ current, password }, { id, account }) {
      const wrong = refuse('wrong-credentials', 'The current password is not right. Nothing was changed.');
      if (account.passwordHash === null) return wrong;
      const weak = await passwords.fault(password, account.name);
      if (weak !== null) return weak;
      const origin = `session ${account.id}`;
      const attempt = { account: origin, address: origin, isKnownHere: true };
      const wait = await throttle.attempt(attempt);
      if (wait !== null) return refuse('too-many', `Too many attempts. Try again in ${wait} s.`);
      if ((await passwords.verify(account.passwordHash, current)) !== true) return wrong;
      await throttle.succeeded(attempt);
      const hashed = await passwords.hash(password);
      const { passwordHash } = account;
      const isReplaced = transaction(db, () => {
        if (!accounts.replacePassword(account.id, passwordHash, hashed)) return false;
        sessions.endAll(account.id, id);
        return true;
      });
      return isReplaced ? DONE : wrong;
    },
  };
}
