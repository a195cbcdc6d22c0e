import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { network } from '../platform/network.ts';
import { consumeRateLimit, retryAfterSeconds } from '../platform/rate-limit.ts';

/** Attempts per seconds. */
const ACCOUNT_AND_ADDRESS_LIMIT = { points: 5, duration: 5 * 60 };
const ADDRESS_LIMIT = { points: 100, duration: 15 * 60 };
const ACCOUNT_LIMIT = { points: 100, duration: 60 * 60 };
/** Failed single sign-ons. */
const SSO_LIMIT = { points: 60, duration: 5 * 60 };

export type CreateLimiter = (limit: {
  points: number;
  /** Seconds. */
  duration: number;
  keyPrefix: string;
}) => RateLimiterAbstract;

export const createMemoryLimiter: CreateLimiter = (limit) => new RateLimiterMemory(limit);

export interface LoginAttempt {
  /** Key of the account. */
  readonly account: string;
  readonly address: string;
  /** The account has signed in from this network before: attempts from elsewhere do not lock it out here. */
  readonly isKnownNetwork: boolean;
}

/** Limits failed attempts. */
export type LoginLimiter = ReturnType<typeof createLoginLimiter>;

export function createLoginLimiter({
  createLimiter = createMemoryLimiter,
}: { createLimiter?: CreateLimiter } = {}) {
  const byAccountAndAddress = createLimiter({
    ...ACCOUNT_AND_ADDRESS_LIMIT,
    keyPrefix: 'account-from-address',
  });
  const byAddress = createLimiter({ ...ADDRESS_LIMIT, keyPrefix: 'address' });
  const byAccount = createLimiter({ ...ACCOUNT_LIMIT, keyPrefix: 'account' });

  /** The narrowest first: attempts that it rejects do not count for other users of the account or address. */
  function countersFor({ account, address, isKnownNetwork }: LoginAttempt) {
    const source = network(address);
    return [
      { limiter: byAccountAndAddress, key: `${source} ${account}` },
      { limiter: byAddress, key: source },
      ...(isKnownNetwork ? [] : [{ limiter: byAccount, key: account }]),
    ];
  }

  return {
    /** Counts an attempt; returns the seconds to wait when over a limit, else null. */
    async consume(attempt: LoginAttempt): Promise<number | null> {
      // Checked first, so that an address over its limit creates no counters for invented accounts.
      const addressUsage = await byAddress.get(network(attempt.address));
      if (addressUsage !== null && addressUsage.remainingPoints <= 0) return retryAfterSeconds(addressUsage);
      for (const { limiter, key } of countersFor(attempt)) {
        const retryAfter = await consumeRateLimit(limiter, key);
        if (retryAfter !== null) return retryAfter;
      }
      return null;
    },
    /** Removes the attempt, and earlier ones of this account from this address, from the count. */
    async recordSuccess(attempt: LoginAttempt) {
      const [both, ...others] = countersFor(attempt);
      await Promise.all([
        both?.limiter.delete(both.key),
        ...others.map(({ limiter, key }) => limiter.reward(key)),
      ]);
    },
  };
}

/** Limits requests to the provider per network. */
export type SsoLimiter = ReturnType<typeof createSsoLimiter>;

export function createSsoLimiter({ createLimiter }: { createLimiter: CreateLimiter }) {
  const limiter = createLimiter({ ...SSO_LIMIT, keyPrefix: 'single-sign-on' });
  return {
    /** Counts an attempt; returns false when over the limit. */
    consume: async (address: string): Promise<boolean> =>
      (await consumeRateLimit(limiter, network(address))) === null,
    /** Removes the attempt from the count. */
    recordSuccess: async (address: string) => void (await limiter.reward(network(address))),
  };
}
