import type { Board } from '@lampboard/model';
import type { PbxSource } from '../asterisk/pbx-endpoint.ts';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { CreateLimiter } from '../auth/login-limiter.ts';
import type { Logger } from '../platform/log.ts';
import { openRedisLink, createRedisLeases, type RedisLink } from './redis.ts';
import { randomUUID } from 'node:crypto';
import { type Failure, pbxIdOf } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { IoServer } from '../realtime/io-server.ts';
import { LINK_DOWN, TOO_LATE } from '../presence/set-presence.ts';
import type { PauseDetector } from '../platform/pause-detector.ts';
import type { PresenceLog } from '../presence/presence-log.ts';
import { createRejectedEdit } from '../presence/logged-edit.ts';
import type { Leadership } from '../board/leadership.ts';
import type { BoardService } from '../presence/board-service.ts';
import { type Envelope, readEnvelope } from './messages.ts';
import { createReplica } from './replica.ts';
import { type SharedPbx, createSharedPbx } from './shared-pbx.ts';

const EVENT = 'gateways';
/** The replica's freshness is checked on each message and at this interval. */
const REFRESH_INTERVAL_MS = 100;

interface ConnectSharedPbxsOptions {
  io: IoServer;
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  startLeader: (pbx: PbxSource, leadership: Leadership) => Promise<BoardService>;
  presenceLog: Pick<PresenceLog, 'record'>;
  pbxs: readonly PbxSource[];
  pauseDetector: Pick<PauseDetector, 'mayPredateStall'>;
  clock: Clock;
  log: Logger;
}

/** Connects one of several gateways: the holder of a PBX's lease reads it; all serve from a replica of all boards. */
function connectSharedPbxs(options: ConnectSharedPbxsOptions): BoardService {
  const { io, link, startLeader, presenceLog, pbxs, pauseDetector, clock, log } = options;
  const { now, monotonic } = clock;
  const gatewayId = randomUUID();
  const replica = createReplica({ pbxs: pbxs.map(({ info }) => info), now });
  const { board } = replica;
  const leaseStoreOf = createRedisLeases(link, monotonic);
  const shared = new Map<string, SharedPbx>();
  for (const pbx of pbxs) shared.set(pbx.info.id, share(pbx));
  const rejectEdit = (reply: Failure) =>
    createRejectedEdit(reply, { presenceLog, board: board.current, now, log });
  const refreshTimer = setInterval(refresh, REFRESH_INTERVAL_MS);
  io.on(EVENT, (raw: unknown) => {
    const envelope = readEnvelope(raw);
    if (envelope !== null) shared.get(envelope.pbxId)?.handle(envelope.message);
  });

  function share(pbx: PbxSource) {
    const { id: pbxId } = pbx.info;
    return createSharedPbx({
      id: gatewayId,
      pbxId,
      part: replica.part(pbx.info),
      leaseStore: leaseStoreOf(pbxId),
      isBusyElsewhere: () =>
        [...shared].some(([otherId, other]) => otherId !== pbxId && other.isLeaseHeldOrClaimed()),
      startLeader: (leadership) => startLeader(pbx, leadership),
      send: (message) => void io.serverSideEmit(EVENT, { pbxId, message } satisfies Envelope),
      monotonic,
      log,
    });
  }

  function refresh(): void {
    for (const pbx of shared.values()) pbx.refresh();
  }

  function current(): Board {
    refresh();
    return board.current();
  }

  return {
    board: {
      ...board,
      current,
      snapshot() {
        refresh();
        return board.snapshot();
      },
    },
    async edit(command, actor) {
      const pbxId = pbxIdOf(command.id, shared.keys());
      const pbx = shared.get(pbxId);
      if (pbx === undefined || current().pbxs.get(pbxId)?.link.state !== 'live')
        return rejectEdit(LINK_DOWN)(command, actor);
      const leader = pbx.leader();
      if (leader !== null) return leader.edit(command, actor);
      // Sent to this gateway before it stalled: its client has given up since.
      if (pauseDetector.mayPredateStall(monotonic())) return rejectEdit(TOO_LATE)(command, actor);
      return pbx.requestEdit(command, actor);
    },
    refreshAccountNames() {
      for (const pbx of shared.values()) pbx.leader()?.refreshAccountNames();
    },
    reconnect() {
      for (const pbx of shared.values()) pbx.reconnect();
    },
    async stop() {
      await Promise.all(Array.from(shared.values(), (pbx) => pbx.stop()));
      clearInterval(refreshTimer);
    },
  };
}

/** Joins the gateways that share a Redis. */
export function joinCluster({ url, log }: { url: URL; log: Logger }) {
  const link = openRedisLink({ url, log });
  /** Limits all gateways together; each by itself while Redis is unreachable. */
  const createLimiter: CreateLimiter = ({ keyPrefix, ...limit }) =>
    new RateLimiterRedis({
      ...limit,
      storeClient: link.redis,
      keyPrefix: `${link.prefix}:${keyPrefix}`,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(limit),
    });

  return {
    adapter: link.adapter,
    createLimiter,
    connectSharedPbxs: (options: Omit<ConnectSharedPbxsOptions, 'link' | 'log'>) =>
      connectSharedPbxs({ ...options, link, log }),
    close: link.close,
  };
}
