import { type Failure, type SignInOptions, accountKey } from '@lampboard/protocol';
import { network } from '../network.ts';
import { refuse } from '../refuse.ts';
import type { Accounts } from './accounts.ts';
import type { StoredAccount } from './stored-account.ts';
import type { Passwords } from './passwords.ts';
import type { Attempt, Throttle } from './throttle.ts';

export type SignInResult =
  | { readonly ok: true; readonly account: StoredAccount }
  /** `retryAfter`: seconds, where waiting helps. */
  | (Failure & { readonly retryAfter?: number });

/** Decides who somebody is. What a browser gets for it is the business of sessions. */
export interface SignIn {
  readonly options: () => SignInOptions;
  byPassword(account: string, password: string, address: string): Promise<SignInResult>;
  /** One of the demo's accounts, on the demo PBX. */
  asDemo(account: string, address: string): SignInResult;
}

const WRONG = refuse(
  'wrong-credentials',
  'Account or password is not right, or the account is disabled. Ask your administrator if it stays so.',
);

export function createSignIn({
  accounts,
  passwords,
  throttle,
  isDemo,
  isPasswordAllowed,
  singleSignOn,
  isFirstAdminNeeded,
}: {
  accounts: Accounts;
  passwords: Passwords;
  throttle: Throttle;
  isDemo: boolean;
  isPasswordAllowed: boolean;
  /** What the site calls it; null where it has none. */
  singleSignOn: string | null;
  isFirstAdminNeeded: () => boolean;
}): SignIn {
  /** What was counted before an account was unlocked is another account's. */
  function attemptAt(account: StoredAccount | null, name: string, address: string): Attempt {
    return {
      account: `${accountKey(name.trim())} ${account?.unlockedAt ?? 0}`,
      address,
      isKnownHere: account !== null && accounts.isKnownNetwork(account.id, network(address)),
    };
  }

  return {
    options: () => ({
      password: isPasswordAllowed,
      singleSignOn,
      firstAdmin: isFirstAdminNeeded(),
      demo: isDemo
        ? accounts
            .list()
            .filter(({ proof, disabled }) => proof === 'demo' && !disabled)
            .toSorted((a, b) => a.id - b.id)
            .map(({ name, role }) => ({ name, role }))
        : [],
    }),
    async byPassword(name, password, address) {
      if (!isPasswordAllowed) return refuse('forbidden', 'This site signs in by single sign-on only.');
      const account = accounts.find(name.trim());
      const attempt = attemptAt(account, name, address);
      const wait = await throttle.attempt(attempt);
      if (wait !== null) return tooMany(wait);
      const isRight = await passwords.verify(account?.passwordHash ?? null, password);
      if (isRight === null) return tooMany(5);
      // The account as it is by now: it may have been disabled while the password was looked at.
      const now = account === null ? null : accounts.find(account.name);
      if (!isRight || now === null || now.disabled || now.passwordHash !== account?.passwordHash)
        return WRONG;
      await throttle.succeeded(attempt);
      accounts.noteNetwork(now.id, network(address));
      return { ok: true, account: now };
    },
    asDemo(name) {
      const account = isDemo ? accounts.find(name) : null;
      return account?.proof === 'demo' && !account.disabled ? { ok: true, account } : WRONG;
    },
  };
}

export function tooMany(seconds: number): Failure & { retryAfter: number } {
  const failure = refuse('too-many', `Too many attempts. Try again in ${seconds} s.`);
  return { ...failure, retryAfter: seconds };
}
