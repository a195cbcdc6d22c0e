import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { CreateLimiter } from '../auth/login-limiter.ts';
import type { Logger } from '../platform/log.ts';
import { openRedisLink, createRedisLease, type RedisLink } from './redis.ts';
import { randomUUID } from 'node:crypto';
import type { LinkReason } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { IoServer } from '../realtime/io-server.ts';
import { LINK_DOWN } from '../presence/set-presence.ts';
import type { PresenceLog } from '../presence/presence-log.ts';
import { createAuditedEdit } from '../presence/audited-edit.ts';
import type { Leadership } from '../asterisk/connect-pbx.ts';
import type { PbxConnection } from '../leader.ts';
import { createFollower } from './follower.ts';
import { startLease } from './lease.ts';
import { type Message, readMessage } from './messages.ts';
import { createReplica } from './replica.ts';
import { createLocalLeader } from './local-leader.ts';
import { handleLeaderRequests } from './leader-requests.ts';

const EVENT = 'gateways';
/** Whether anybody can still be sure is looked at whenever something happens, and so often; milliseconds. */
const REFRESH_INTERVAL_MS = 100;

/**
 * One of any number of gateways, of which one reads Asterisk for all: this one for as long as it has the lease. The
 * consoles of each, the reader too, are served from a copy of the reader's board.
 */
export function connectSharedPbx({
  io,
  link,
  startLeader,
  presenceLog,
  isDemo,
  clock,
  log,
}: {
  io: IoServer;
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  startLeader: (leadership: Leadership) => Promise<PbxConnection>;
  presenceLog: Pick<PresenceLog, 'record'>;
  isDemo: boolean;
  clock: Clock;
  log: Logger;
}): PbxConnection {
  const { now, monotonic } = clock;
  const id = randomUUID();
  const send = (message: Message) => void io.serverSideEmit(EVENT, message);
  const replica = createReplica({ isDemo, now });
  const { board } = replica;
  const store = createRedisLease({ link, monotonic });
  const lease = startLease({ id, store, monotonic, onAnswer: onLeaseAnswer });
  const follower = createFollower({ id, replica, holder: lease.holder, send, monotonic });
  const localLeader = createLocalLeader({
    lease,
    startLeader,
    lastKnown: () => board.current().extensions,
    onStart: replicate,
    log,
  });
  const rejectEdit = createAuditedEdit({
    edit: async () => LINK_DOWN,
    presenceLog,
    board: board.current,
    now,
    log,
  });
  const refreshTimer = setInterval(refresh, REFRESH_INTERVAL_MS);
  const handleRequest = handleLeaderRequests({ id, leader: localLeader.active, send, monotonic });
  io.on(EVENT, (raw: unknown) => {
    const message = readMessage(raw);
    if (message === null) return;
    refresh();
    void handleRequest(message);
    follower.handle(message);
    refresh();
  });

  /** Comes before whatever is done: nothing may have run here for long, and another gateway read meanwhile. */
  function refresh(): void {
    replica.setDegraded(degradedReason());
  }

  function degradedReason(): LinkReason | null {
    if (localLeader.active() !== null || follower.isCurrent()) return null;
    return lease.isReachable() ? 'no-leader' : 'redis-unreachable';
  }

  function onLeaseAnswer(): void {
    refresh();
    if (lease.isHeld()) localLeader.start();
    else follower.requestState();
  }

  /** Gives the board of the own reader to the own consoles and to the other gateways. */
  function replicate(leader: PbxConnection): void {
    const isActive = () => localLeader.active() === leader;
    replica.applySnapshot(leader.board.snapshot());
    leader.board.subscribe({
      onSnapshot(snapshot) {
        refresh();
        if (!isActive()) return;
        send({ kind: 'snapshot', from: id, snapshot });
        replica.applySnapshot(snapshot);
      },
      onDelta(delta) {
        refresh();
        if (!isActive()) return;
        send({ kind: 'delta', from: id, delta });
        replica.applyDelta(delta);
      },
    });
    refresh();
  }

  function isLive(): boolean {
    refresh();
    return board.current().link.state === 'live';
  }

  return {
    board: {
      ...board,
      snapshot() {
        refresh();
        return board.snapshot();
      },
    },
    isLive,
    edit: (command, actor) =>
      isLive() ? (localLeader.active() ?? follower).edit(command, actor) : rejectEdit(command, actor),
    refreshAccountNames: () => localLeader.active()?.refreshAccountNames(),
    reconnect: () => (localLeader.active() ?? follower).reconnect(),
    async stop() {
      await localLeader.stop();
      clearInterval(refreshTimer);
      await lease.close();
    },
  };
}

/** What is other than with one gateway alone, once Redis joins several. */
export function joinCluster({ url, log }: { url: URL; log: Logger }) {
  const link = openRedisLink({ url, log });
  /** Counts for all gateways, and while Redis is away for this one alone. */
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
    connectSharedPbx: (options: Omit<Parameters<typeof connectSharedPbx>[0], 'link' | 'log'>) =>
      connectSharedPbx({ ...options, link, log }),
    close: link.close,
  };
}
