import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimiterOf } from '../accounts/throttle.ts';
import type { Logger } from '../log.ts';
import { openRedisLink } from './redis-link.ts';
import { shareReader } from './share-reader.ts';

/** What is other than with one gateway alone, once Redis joins several. */
export function joinGateways({ url, log }: { url: URL; log: Logger }) {
  const link = openRedisLink({ url, log });
  /** Counts for all gateways, and while Redis is away for this one alone. */
  const limiterOf: LimiterOf = ({ keyPrefix, ...limit }) =>
    new RateLimiterRedis({
      ...limit,
      storeClient: link.redis,
      keyPrefix: `${link.prefix}:${keyPrefix}`,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(limit),
    });

  return {
    adapter: link.adapter,
    limiterOf,
    shareReader: (options: Omit<Parameters<typeof shareReader>[0], 'link' | 'log'>) =>
      shareReader({ ...options, link, log }),
    close: link.close,
  };
}
