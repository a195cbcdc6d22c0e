import { type Failure, type SignInOptions, accountKey } from '@lampboard/protocol';
import { network } from '../platform/network.ts';
import { failure } from '../platform/failure.ts';
import type { Accounts } from './accounts.ts';
import type { StoredAccount } from './stored-account.ts';
import type { Passwords } from './passwords.ts';
import type { LoginAttempt, LoginLimiter } from './login-limiter.ts';

/** `retryAfter` in seconds. */
export type FailureWithRetry = Failure & { readonly retryAfter?: number };

export type SignInResult = { readonly ok: true; readonly account: StoredAccount } | FailureWithRetry;

/** Authenticates users. */
export interface SignIn {
  readonly options: () => SignInOptions;
  byPassword(account: string, password: string, address: string): Promise<SignInResult>;
  asDemo(account: string, address: string): SignInResult;
}

const WRONG_CREDENTIALS = failure(
  'wrong-credentials',
  'The account or password is wrong, or the account is disabled. If this persists, ask your administrator.',
);

interface SignInSources {
  accounts: Accounts;
  passwords: Passwords;
  loginLimiter: LoginLimiter;
  isDemo: boolean;
  isPasswordAllowed: boolean;
  /** The provider's name; null without single sign-on. */
  singleSignOn: string | null;
  isFirstAdminNeeded: () => boolean;
}

export function createSignIn(sources: SignInSources): SignIn {
  const { accounts, passwords, loginLimiter, isDemo, isPasswordAllowed } = sources;

  /** The key includes the time of the last unlocking, which resets the count. */
  function toLoginAttempt(account: StoredAccount | null, name: string, address: string): LoginAttempt {
    return {
      account: `${accountKey(name.trim())} ${account?.unlockedAt ?? 0}`,
      address,
      isKnownNetwork: account !== null && accounts.isKnownNetwork(account.id, network(address)),
    };
  }

  return {
    options: () => ({
      password: isPasswordAllowed,
      singleSignOn: sources.singleSignOn,
      needsSetup: sources.isFirstAdminNeeded(),
      demo: isDemo
        ? accounts
            .list()
            .filter(({ authMethod, disabled }) => authMethod === 'demo' && !disabled)
            .toSorted((a, b) => a.id - b.id)
            .map(({ name, role }) => ({ name, role }))
        : [],
    }),
    async byPassword(name, password, address) {
      if (!isPasswordAllowed) return failure('forbidden', 'This site allows single sign-on only.');
      const account = accounts.find(name.trim());
      const loginAttempt = toLoginAttempt(account, name, address);
      const retryAfter = await loginLimiter.consume(loginAttempt);
      if (retryAfter !== null) return tooManyAttempts(retryAfter);
      const isCorrect = await passwords.verify(account?.passwordHash ?? null, password);
      if (isCorrect === null) return tooManyAttempts(5);
      // The account may have changed during the verification.
      const current = account === null ? null : accounts.find(account.name);
      const isChanged = current?.disabled !== false || current.passwordHash !== account?.passwordHash;
      if (!isCorrect || isChanged) return WRONG_CREDENTIALS;
      await loginLimiter.recordSuccess(loginAttempt);
      accounts.recordNetwork(current.id, network(address));
      return { ok: true, account: current };
    },
    asDemo(name) {
      const account = isDemo ? accounts.find(name) : null;
      return account?.authMethod === 'demo' && !account.disabled ? { ok: true, account } : WRONG_CREDENTIALS;
    },
  };
}

export function tooManyAttempts(retryAfter: number): FailureWithRetry {
  return { ...failure('too-many', `Too many attempts. Try again in ${retryAfter} s.`), retryAfter };
}
