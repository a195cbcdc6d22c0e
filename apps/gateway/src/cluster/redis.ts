import type { LeaseStore } from './lease.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'iovalkey';
import type { Logger } from '../platform/log.ts';

/** Milliseconds between two attempts to connect, and until Redis counts as silent. */
const RETRY_MS = 200;
const TIMEOUT_MS = 1000;
/** Milliseconds in which the adapter's reading asks once more, and how many of its messages Redis keeps. */
const BLOCK_MS = 1000;
const MAX_STREAM_LENGTH = 1000;

/** The connections to Redis. */
export interface RedisLink {
  /** For commands: what is asked while there is no connection is refused at once, and nothing is sent later or twice. */
  readonly redis: Redis;
  /** Begins all that Lampboard has in Redis; sites that share a Redis have numbers of their own for their database. */
  readonly prefix: string;
  /** Joins the socket.io servers of all gateways. */
  readonly adapter: ReturnType<typeof createAdapter>;
  close(): void;
}

/** `url` may hold a password: no error is logged as it is. Connects for ever. */
export function openRedisLink({ url, log }: { url: URL; log: Logger }): RedisLink {
  const prefix = `lampboard:${url.pathname.slice(1) || '0'}`;
  const commonOptions = { retryStrategy: () => RETRY_MS, connectTimeout: TIMEOUT_MS };
  const listeners: Redis[] = [];
  const redis = open(url, {
    ...commonOptions,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: TIMEOUT_MS,
  });
  redis.duplicate = () => {
    const listener = open(url, { ...commonOptions, maxRetriesPerRequest: null });
    listeners.push(listener);
    return listener;
  };
  let isUp = false;
  let loggedReason = '';
  redis.on('ready', () => {
    isUp = true;
    loggedReason = '';
    log.info('connected to Redis');
  });
  redis.on('error', (error: unknown) => {
    const reason = errorCodeOf(error);
    if (reason !== loggedReason) log.warn({ reason }, 'no connection to Redis');
    loggedReason = reason;
  });
  redis.on('close', () => {
    if (!isUp) return;
    isUp = false;
    log.warn('the connection to Redis is lost');
    // Whoever only listens does not notice that the other end is gone.
    for (const listener of listeners) listener.disconnect(true);
  });

  return {
    redis,
    prefix,
    adapter: createAdapter(redis, {
      streamName: `${prefix}:stream`,
      channelPrefix: `${prefix}:channel`,
      maxLen: MAX_STREAM_LENGTH,
      blockTimeInMs: BLOCK_MS,
      onlyPlaintext: true,
    }),
    close() {
      for (const one of [redis, ...listeners]) one.disconnect();
    },
  };
}

/** What fails because Redis is away is answered to whoever waits for it, and where nobody does, it is no fault. */
function open({ href }: URL, options: RedisOptions): Redis {
  const redis = new Redis(href, options);
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    command.promise.catch(() => {});
    return send(command, stream);
  };
  redis.on('error', () => {});
  return redis;
}

/** A code alone, such as `ECONNREFUSED`, or the first word of Redis' own refusal, such as `WRONGPASS`. */
function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.name;
}

const CLAIM = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** The lease as a key that expires; whoever claims or gives it up compares first, in one step. */
export function createRedisLease({
  link: { redis, prefix },
  monotonic,
}: {
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  monotonic: () => number;
}): LeaseStore {
  const key = `${prefix}:reader`;
  let upSince = Number.POSITIVE_INFINITY;
  redis.on('ready', () => {
    upSince = monotonic();
  });
  redis.on('close', () => {
    upSince = Number.POSITIVE_INFINITY;
  });
  return {
    claim: async (id, ms) => String(await redis.eval(CLAIM, 1, key, id, ms)),
    holder: () => redis.get(key),
    release: (id) => redis.eval(RELEASE, 1, key, id),
    uptimeMs: () => monotonic() - upSince,
  };
}
