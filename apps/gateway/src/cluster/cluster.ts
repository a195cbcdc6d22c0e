import type { Board } from '@lampboard/model';
import type { PbxInfo } from '../board/live-board.ts';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { CreateLimiter } from '../auth/login-limiter.ts';
import type { Logger } from '../platform/log.ts';
import { openRedisLink, createRedisLease, type RedisLink } from './redis.ts';
import { randomUUID } from 'node:crypto';
import { type LinkReason, type Failure, pbxIdOf } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { IoServer } from '../realtime/io-server.ts';
import { LINK_DOWN, TOO_LATE } from '../presence/set-presence.ts';
import type { PauseDetector } from '../platform/pause-detector.ts';
import type { PresenceLog } from '../presence/presence-log.ts';
import { createRejectedEdit } from '../presence/logged-edit.ts';
import type { Leadership } from '../board/leadership.ts';
import type { BoardService } from '../presence/board-service.ts';
import { createFollower } from './follower.ts';
import { startLease } from './lease.ts';
import { type Message, readMessage } from './messages.ts';
import { createReplica } from './replica.ts';
import { createLeaderTerm, handleLeaderRequests } from './leader-term.ts';

const EVENT = 'gateways';
/** The replica's freshness is checked on each message and at this interval. */
const REFRESH_INTERVAL_MS = 100;

interface ConnectSharedPbxOptions {
  io: IoServer;
  link: Pick<RedisLink, 'redis' | 'prefix'>;
  startLeader: (leadership: Leadership) => Promise<BoardService>;
  presenceLog: Pick<PresenceLog, 'record'>;
  pbxs: readonly PbxInfo[];
  pauseDetector: Pick<PauseDetector, 'mayPredateStall'>;
  clock: Clock;
  log: Logger;
}

/** Connects one of several gateways: the lease holder reads Asterisk; all serve from a replica of its board. */
function connectSharedPbx(options: ConnectSharedPbxOptions): BoardService {
  const { io, link, startLeader, presenceLog, pbxs, pauseDetector, clock, log } = options;
  const { now, monotonic } = clock;
  const id = randomUUID();
  const send = (message: Message) => void io.serverSideEmit(EVENT, message);
  const replica = createReplica({ pbxs, now });
  const { board } = replica;
  const store = createRedisLease(link, monotonic);
  const lease = startLease({ id, store, monotonic, onAnswer: onLeaseAnswer });
  const follower = createFollower({ id, replica, holder: lease.holder, send, monotonic });
  const leaderTerm = createLeaderTerm({
    lease,
    startLeader,
    lastKnown: () => board.current().extensions,
    onStart: replicate,
    log,
  });
  const rejectEdit = (reply: Failure) =>
    createRejectedEdit(reply, { presenceLog, board: board.current, now, log });
  const refreshTimer = setInterval(refresh, REFRESH_INTERVAL_MS);
  const handleRequest = handleLeaderRequests({ id, leader: leaderTerm.active, send, monotonic });
  io.on(EVENT, (raw: unknown) => {
    const message = readMessage(raw);
    if (message === null) return;
    refresh();
    void handleRequest(message);
    follower.handle(message);
    refresh();
  });

  /** Runs before each action: after a stall of this process another gateway may lead. */
  function refresh(): void {
    replica.setDegraded(degradedReason());
  }

  function degradedReason(): LinkReason | null {
    if (leaderTerm.active() !== null || follower.isCurrent()) return null;
    return lease.isReachable() ? 'no-leader' : 'redis-unreachable';
  }

  function onLeaseAnswer(): void {
    refresh();
    if (lease.isHeld()) leaderTerm.start();
    else follower.requestState();
  }

  /** Publishes the local leader's board to the replica and to the other gateways. */
  function replicate(leader: BoardService): void {
    const isActive = () => leaderTerm.active() === leader;
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

  function current(): Board {
    refresh();
    return board.current();
  }

  function isPbxLive(extensionId: string): boolean {
    const { pbxs } = current();
    return pbxs.get(pbxIdOf(extensionId, pbxs.keys()))?.link.state === 'live';
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
    edit(command, actor) {
      if (!isPbxLive(command.id)) return rejectEdit(LINK_DOWN)(command, actor);
      const leader = leaderTerm.active();
      if (leader !== null) return leader.edit(command, actor);
      // Sent to this gateway before it stalled: its client has given up since.
      if (pauseDetector.mayPredateStall(monotonic())) return rejectEdit(TOO_LATE)(command, actor);
      return follower.edit(command, actor);
    },
    refreshAccountNames: () => leaderTerm.active()?.refreshAccountNames(),
    reconnect: () => (leaderTerm.active() ?? follower).reconnect(),
    async stop() {
      await leaderTerm.stop();
      clearInterval(refreshTimer);
      await lease.close();
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
    connectSharedPbx: (options: Omit<ConnectSharedPbxOptions, 'link' | 'log'>) =>
      connectSharedPbx({ ...options, link, log }),
    close: link.close,
  };
}
