import { ONLY_PBX } from '@lampboard/protocol';
import type { LeaseStore } from './lease.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis, type RedisOptions } from 'iovalkey';
import { linkProblemText } from '../asterisk/link-problems.ts';
import type { Logger } from '../platform/log.ts';

const RETRY_MS = 200;
const TIMEOUT_MS = 1000;
/** Blocking time of one read of the adapter's stream. */
const BLOCK_MS = 1000;
const MAX_STREAM_LENGTH = 1000;

export type RedisLink = ReturnType<typeof openRedisLink>;

/** Connects to Redis and reconnects for ever. `url` may hold a password, so errors are logged by their code alone. */
export function openRedisLink({ url, log }: { url: URL; log: Logger }) {
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
    if (reason !== loggedReason) log.warn({ reason }, linkProblemText('redis-unreachable'));
    loggedReason = reason;
  });
  redis.on('close', () => {
    if (!isUp) return;
    isUp = false;
    log.warn(linkProblemText('redis-unreachable'));
    // A connection that only listens does not detect that its peer is gone.
    for (const listener of listeners) listener.disconnect(true);
  });

  return {
    /** Connection for commands: they fail at once while it is down, and are neither queued nor sent twice. */
    redis,
    /** Prefix of all keys; sites that share a Redis use different database numbers. */
    prefix,
    /** Joins the socket.io servers of all gateways. */
    adapter: createAdapter(redis, {
      streamName: `${prefix}:stream`,
      channelPrefix: `${prefix}:channel`,
      maxLen: MAX_STREAM_LENGTH,
      blockTimeInMs: BLOCK_MS,
      onlyPlaintext: true,
    }),
    close() {
      for (const connection of [redis, ...listeners]) connection.disconnect();
    },
  };
}

/** Opens a connection whose failed commands reject to their caller, but never as unhandled rejections. */
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

/** Resolves to null if Redis answers, else to a code such as `ECONNREFUSED` or `WRONGPASS`. */
export async function pingRedis(url: URL): Promise<string | null> {
  let code = 'no answer';
  const redis = open(url, {
    retryStrategy: () => null,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
  });
  redis.on('error', (error: unknown) => (code = errorCodeOf(error)));
  try {
    await redis.ping();
    return null;
  } catch {
    return code;
  } finally {
    redis.disconnect();
  }
}

/** Returns a system code such as `ECONNREFUSED`, or that of Redis' error such as `WRONGPASS`. */
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

/** Stores the lease of each PBX as an expiring key that is compared and set in one step. */
export function createRedisLeases(
  { redis, prefix }: Pick<RedisLink, 'redis' | 'prefix'>,
  monotonic: () => number,
): (pbxId: string) => LeaseStore {
  let upSince = Number.POSITIVE_INFINITY;
  redis.on('ready', () => {
    upSince = monotonic();
  });
  redis.on('close', () => {
    upSince = Number.POSITIVE_INFINITY;
  });
  return (pbxId) => {
    const key = pbxId === ONLY_PBX ? `${prefix}:reader` : `${prefix}:reader:${pbxId}`;
    return {
      claim: async (id, ms) => String(await redis.eval(CLAIM, 1, key, id, ms)),
      holder: () => redis.get(key),
      release: (id) => redis.eval(RELEASE, 1, key, id),
      uptimeMs: () => monotonic() - upSince,
    };
  };
}
