import type { LeaseStore } from './lease.ts';
import type { RedisLink } from './redis-link.ts';

const CLAIM = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;
const GIVE_UP = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** The lease as a key that expires; whoever claims or gives it up compares first, in one step. */
export function createRedisLease({
  link: { redis, prefix },
  elapsed,
}: {
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  elapsed: () => number;
}): LeaseStore {
  const key = `${prefix}:reader`;
  let upSince = Number.POSITIVE_INFINITY;
  redis.on('ready', () => {
    upSince = elapsed();
  });
  redis.on('close', () => {
    upSince = Number.POSITIVE_INFINITY;
  });
  return {
    claim: async (id, ms) => String(await redis.eval(CLAIM, 1, key, id, ms)),
    holder: () => redis.get(key),
    giveUp: (id) => redis.eval(GIVE_UP, 1, key, id),
    upMs: () => elapsed() - upSince,
  };
}
