import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { network } from '../platform/network.ts';
import { consumeRateLimit, retryAfterSeconds } from '../platform/rate-limit.ts';

/** So many attempts in so many seconds, counted in three ways; whoever guesses meets one of them. */
const ACCOUNT_AND_ADDRESS_LIMIT = { points: 5, duration: 5 * 60 };
const ADDRESS_LIMIT = { points: 100, duration: 15 * 60 };
const ACCOUNT_LIMIT = { points: 100, duration: 60 * 60 };
/** Single sign-ons that came to nothing. */
const SSO_LIMIT = { points: 60, duration: 5 * 60 };

export type CreateLimiter = (limit: {
  points: number;
  /** Seconds. */
  duration: number;
  keyPrefix: string;
}) => RateLimiterAbstract;

/** Each process counts by itself. */
export const createMemoryLimiter: CreateLimiter = (limit) => new RateLimiterMemory(limit);

/** Somebody tries a password. */
export interface LoginAttempt {
  /** What is counted together as one account. */
  readonly account: string;
  readonly address: string;
  /** The account has signed in from this network before: what others elsewhere try is not held against it. */
  readonly isKnownNetwork: boolean;
}

/** Slows down guessing. What went well does not count. */
export interface LoginLimiter {
  /** Counts an attempt. Null: go on; else the seconds until another one is looked at. */
  consume(consume: LoginAttempt): Promise<number | null>;
  /** The attempt was a good one: it is not counted, nor those of this account from this address before. */
  recordSuccess(attempt: LoginAttempt): Promise<void>;
}

/** `limiterOf` makes what counts. */
export function createLoginLimiter({
  createLimiter = createMemoryLimiter,
}: {
  createLimiter?: CreateLimiter;
} = {}): LoginLimiter {
  const byAccountAndAddress = createLimiter({
    ...ACCOUNT_AND_ADDRESS_LIMIT,
    keyPrefix: 'account-from-address',
  });
  const byAddress = createLimiter({ ...ADDRESS_LIMIT, keyPrefix: 'address' });
  const byAccount = createLimiter({ ...ACCOUNT_LIMIT, keyPrefix: 'account' });

  /** The narrowest first: what it stops is not counted for others who use the same account or address. */
  function countersFor({ account, address, isKnownNetwork }: LoginAttempt) {
    const source = network(address);
    return [
      { limiter: byAccountAndAddress, key: `${source} ${account}` },
      { limiter: byAddress, key: source },
      ...(isKnownNetwork ? [] : [{ limiter: byAccount, key: account }]),
    ];
  }

  return {
    async consume(consume) {
      // Who has tried too much is remembered by the address alone, however many accounts are made up.
      const addressUsage = await byAddress.get(network(consume.address));
      if (addressUsage !== null && addressUsage.remainingPoints <= 0) return retryAfterSeconds(addressUsage);
      for (const { limiter, key } of countersFor(consume)) {
        const retryAfter = await consumeRateLimit(limiter, key);
        if (retryAfter !== null) return retryAfter;
      }
      return null;
    },
    async recordSuccess(attempt) {
      const [both, ...others] = countersFor(attempt);
      await Promise.all([
        both?.limiter.delete(both.key),
        ...others.map(({ limiter, key }) => limiter.reward(key)),
      ]);
    },
  };
}

/** Keeps one network from having the provider asked again and again. */
export interface SsoLimiter {
  /** Counts one; false where it is one too many. */
  consume(address: string): Promise<boolean>;
  /** It was a good one, and does not count. */
  recordSuccess(address: string): Promise<void>;
}

export function createSsoLimiter({ createLimiter }: { createLimiter: CreateLimiter }): SsoLimiter {
  const limiter = createLimiter({ ...SSO_LIMIT, keyPrefix: 'single-sign-on' });
  return {
    consume: async (address) => (await consumeRateLimit(limiter, network(address))) === null,
    recordSuccess: async (address) => void (await limiter.reward(network(address))),
  };
}
