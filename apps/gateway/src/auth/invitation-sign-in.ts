import { createHash } from 'node:crypto';
import type Database from 'libsql';
import type { Failure, Invitation } from '@lampboard/protocol';
import { failure } from '../platform/failure.ts';
import { network } from '../platform/network.ts';
import { transaction } from '../platform/store/transaction.ts';
import type { Accounts } from './accounts.ts';
import type { InvitationStore } from './invitations.ts';
import type { LoginLimiter } from './login-limiter.ts';
import type { Passwords } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { type FailureWithRetry, tooManyAttempts } from './sign-in.ts';
import type { StoredAccount } from './stored-account.ts';

type Result<T> = { readonly ok: true; readonly value: T } | FailureWithRetry;

/** Lets invited people set the password of their account, which signs them in. */
export interface InvitationSignIn {
  /** Checks a token; counts towards the login limit. */
  check(token: string, address: string): Promise<Result<Invitation>>;
  /** Uses the invitation up, ends the account's sessions and calls `openSession`, or does none of this. */
  accept<T>(
    request: { readonly token: string; readonly password: string; readonly address: string },
    openSession: (account: StoredAccount) => T,
  ): Promise<Result<T>>;
}

const INVALID = failure(
  'invalid-invitation',
  'This link is incomplete, already used, withdrawn or expired. Ask your administrator for a new one. If you have set your password, sign in with it.',
);

interface InvitationSignInOptions {
  db: Database.Database;
  accounts: Accounts;
  invitations: InvitationStore;
  sessions: Pick<Sessions, 'revokeAll'>;
  passwords: Pick<Passwords, 'checkStrength' | 'hash'>;
  loginLimiter: LoginLimiter;
  isPasswordAllowed: boolean;
}

export function createInvitationSignIn(options: InvitationSignInOptions): InvitationSignIn {
  const { db, accounts, invitations, sessions, passwords, loginLimiter, isPasswordAllowed } = options;

  function find(token: string) {
    const invitation = isPasswordAllowed ? invitations.find(token) : null;
    const account = invitation === null ? null : accounts.findId(invitation.accountId);
    return invitation === null || account === null ? null : { account, expiresAt: invitation.expiresAt };
  }

  async function checkLimited(token: string, address: string) {
    // Each token counts as an account of its own: nobody's old link locks out the people at the same address.
    const account = `invitation ${createHash('sha256').update(token).digest('base64url')}`;
    const loginAttempt = { account, address, isKnownNetwork: true };
    const retryAfter = await loginLimiter.consume(loginAttempt);
    if (retryAfter !== null) return tooManyAttempts(retryAfter);
    const found = find(token);
    if (found === null) return INVALID;
    await loginLimiter.recordSuccess(loginAttempt);
    return { ok: true, value: found } as const;
  }

  return {
    async check(token, address) {
      const checked = await checkLimited(token, address);
      if (!checked.ok) return checked;
      const { account, expiresAt } = checked.value;
      return { ok: true, value: { account: account.name, expiresAt } };
    },
    async accept({ token, password, address }, openSession) {
      const checked = await checkLimited(token, address);
      if (!checked.ok) return checked;
      const weak: Failure | null = await passwords.checkStrength(password, checked.value.account.name);
      if (weak !== null) return weak;
      const passwordHash = await passwords.hash(password);
      return transaction(db, () => {
        // It may have been used or withdrawn during the hashing.
        const account = find(token)?.account;
        if (account === undefined) return INVALID;
        accounts.setPassword(account.id, passwordHash);
        sessions.revokeAll(account.id);
        accounts.recordNetwork(account.id, network(address));
        return { ok: true, value: openSession(accounts.findId(account.id) ?? account) };
      });
    },
  };
}
