import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { network } from '../network.ts';
import { secondsToWait, wholeSeconds } from '../seconds-to-wait.ts';

/** So many attempts in so many seconds, counted in three ways; whoever guesses meets one of them. */
const ACCOUNT_FROM_ADDRESS = { points: 5, duration: 5 * 60 };
const ADDRESS = { points: 100, duration: 15 * 60 };
const ACCOUNT = { points: 100, duration: 60 * 60 };
/** Single sign-ons that came to nothing. */
const SIGN_ONS = { points: 60, duration: 5 * 60 };

export type LimiterOf = (limit: {
  points: number;
  /** Seconds. */
  duration: number;
  keyPrefix: string;
}) => RateLimiterAbstract;

/** Each process counts by itself. */
export const countAlone: LimiterOf = (limit) => new RateLimiterMemory(limit);

/** Somebody tries a password. */
export interface Attempt {
  /** What is counted together as one account. */
  readonly account: string;
  readonly address: string;
  /** The account has signed in from this network before: what others elsewhere try is not held against it. */
  readonly isKnownHere: boolean;
}

/** Slows down guessing. What went well does not count. */
export interface Throttle {
  /** Counts an attempt. Null: go on; else the seconds until another one is looked at. */
  attempt(attempt: Attempt): Promise<number | null>;
  /** The attempt was a good one: it is not counted, nor those of this account from this address before. */
  succeeded(attempt: Attempt): Promise<void>;
}

/** `limiterOf` makes what counts. */
export function createThrottle({
  limiterOf = countAlone,
}: {
  limiterOf?: LimiterOf;
} = {}): Throttle {
  const byBoth = limiterOf({ ...ACCOUNT_FROM_ADDRESS, keyPrefix: 'account-from-address' });
  const byAddress = limiterOf({ ...ADDRESS, keyPrefix: 'address' });
  const byAccount = limiterOf({ ...ACCOUNT, keyPrefix: 'account' });

  /** The narrowest first: what it stops is not counted for others who use the same account or address. */
  function countersOf({ account, address, isKnownHere }: Attempt) {
    const from = network(address);
    return [
      { limiter: byBoth, key: `${from} ${account}` },
      { limiter: byAddress, key: from },
      ...(isKnownHere ? [] : [{ limiter: byAccount, key: account }]),
    ];
  }

  return {
    async attempt(attempt) {
      // Who has tried too much is remembered by the address alone, however many accounts are made up.
      const tried = await byAddress.get(network(attempt.address));
      if (tried !== null && tried.remainingPoints <= 0) return wholeSeconds(tried);
      for (const { limiter, key } of countersOf(attempt)) {
        const wait = await secondsToWait(limiter, key);
        if (wait !== null) return wait;
      }
      return null;
    },
    async succeeded(attempt) {
      const [both, ...others] = countersOf(attempt);
      await Promise.all([
        both?.limiter.delete(both.key),
        ...others.map(({ limiter, key }) => limiter.reward(key)),
      ]);
    },
  };
}

/** Keeps one network from having the provider asked again and again. */
export interface SignOnThrottle {
  /** Counts one; false where it is one too many. */
  attempt(address: string): Promise<boolean>;
  /** It was a good one, and does not count. */
  succeeded(address: string): Promise<void>;
}

export function createSignOnThrottle({ limiterOf }: { limiterOf: LimiterOf }): SignOnThrottle {
  const limiter = limiterOf({ ...SIGN_ONS, keyPrefix: 'single-sign-on' });
  return {
    attempt: async (address) => (await secondsToWait(limiter, network(address))) === null,
    succeeded: async (address) => void (await limiter.reward(network(address))),
  };
}
