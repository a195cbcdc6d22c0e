import { accountKey } from '@lampboard/protocol';
import ipaddr from 'ipaddr.js';
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { secondsToWait, wholeSeconds } from '../seconds-to-wait.ts';

/** So many attempts in so many seconds, counted in three ways; whoever guesses meets one of them. */
const ACCOUNT_FROM_ADDRESS = { points: 5, duration: 5 * 60 };
const ADDRESS = { points: 100, duration: 15 * 60 };
const ACCOUNT = { points: 100, duration: 60 * 60 };

export type LimiterOf = (limit: {
  points: number;
  /** Seconds. */
  duration: number;
  keyPrefix: string;
}) => RateLimiterAbstract;

/** Slows down guessing. What went well does not count. */
export interface Throttle {
  /** Counts an attempt. Null: go on; else the seconds until another one is looked at. */
  attempt(account: string, address: string): Promise<number | null>;
  /** The attempt was a good one: it is not counted, nor those of this account from this address before. */
  succeeded(account: string, address: string): Promise<void>;
}

/** `limiterOf` makes what counts; by itself each process counts alone. */
export function createThrottle({
  limiterOf = (limit) => new RateLimiterMemory(limit),
}: {
  limiterOf?: LimiterOf;
} = {}): Throttle {
  // The narrowest first: what it stops is not counted for others who use the same account or address.
  const limiters = [
    {
      limiter: limiterOf({ ...ACCOUNT_FROM_ADDRESS, keyPrefix: 'account-from-address' }),
      keyOf: (account: string, address: string) => `${address} ${account}`,
    },
    {
      limiter: limiterOf({ ...ADDRESS, keyPrefix: 'address' }),
      keyOf: (_: string, address: string) => address,
    },
    { limiter: limiterOf({ ...ACCOUNT, keyPrefix: 'account' }), keyOf: (account: string) => account },
  ] as const;
  const [byBoth, byAddress, byAccount] = limiters;

  return {
    async attempt(account, address) {
      // Who has tried too much is remembered by the address alone, however many accounts are made up.
      const tried = await byAddress.limiter.get(network(address));
      if (tried !== null && tried.remainingPoints <= 0) return wholeSeconds(tried);
      for (const { limiter, keyOf } of limiters) {
        const wait = await secondsToWait(limiter, keyOf(accountKey(account.trim()), network(address)));
        if (wait !== null) return wait;
      }
      return null;
    },
    async succeeded(account, address) {
      const key = accountKey(account.trim());
      const from = network(address);
      await Promise.all([
        byAddress.limiter.reward(byAddress.keyOf(key, from)),
        byAccount.limiter.reward(byAccount.keyOf(key)),
        byBoth.limiter.delete(byBoth.keyOf(key, from)),
      ]);
    },
  };
}

/** Whoever has one address of IPv6 has its whole network too, of 56 bits at most places. */
export function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? parsed.toByteArray().slice(0, 7).join('.') : parsed.toString();
}
