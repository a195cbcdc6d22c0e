import type { LinkReason } from '@lampboard/protocol';
import type { Leadership } from '../board/leadership.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { BoardService } from '../presence/board-service.ts';
import { createFollower } from './follower.ts';
import { createLeaderTerm, handleLeaderRequests } from './leader-term.ts';
import { type LeaseStore, startLease } from './lease.ts';
import type { Message } from './messages.ts';
import type { ReplicaPart } from './replica.ts';

interface SharedPbxOptions {
  /** Of this gateway. */
  id: string;
  pbxId: string;
  part: ReplicaPart;
  leaseStore: LeaseStore;
  isBusyElsewhere: () => boolean;
  startLeader: (leadership: Leadership) => Promise<BoardService>;
  send: (message: Message) => void;
  monotonic: Clock['monotonic'];
  log: Logger;
}

export type SharedPbx = ReturnType<typeof createSharedPbx>;

/** Follows one PBX together with other gateways: the lease holder reads it, the others copy its board. */
export function createSharedPbx(options: SharedPbxOptions) {
  const { id, pbxId, part, leaseStore, startLeader, send, monotonic, log } = options;
  const lease = startLease({ ...options, store: leaseStore, onAnswer: onLeaseAnswer });
  const follower = createFollower({ id, replica: part, holder: lease.holder, send, monotonic });
  const leaderTerm = createLeaderTerm({
    pbxId,
    lease,
    startLeader,
    lastKnown: part.lastKnown,
    onStart: replicate,
    log,
  });
  const handleRequest = handleLeaderRequests({ id, leader: leaderTerm.active, send, monotonic });

  /** Runs before each action: after a stall of this process another gateway may lead. */
  function refresh(): void {
    part.setDegraded(degradedReason());
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
    part.applySnapshot(leader.board.snapshot());
    leader.board.subscribe({
      onSnapshot(snapshot) {
        refresh();
        if (!isActive()) return;
        send({ kind: 'snapshot', from: id, snapshot });
        part.applySnapshot(snapshot);
      },
      onDelta(delta) {
        refresh();
        if (!isActive()) return;
        send({ kind: 'delta', from: id, delta });
        part.applyDelta(delta);
      },
    });
    refresh();
  }

  return {
    refresh,
    handle(message: Message) {
      refresh();
      void handleRequest(message);
      follower.handle(message);
      refresh();
    },
    isLeaseHeldOrClaimed: lease.isHeldOrClaimed,
    /** Returns null while this gateway does not lead. */
    leader: leaderTerm.active,
    /** Sends an edit to the leader elsewhere. */
    requestEdit: follower.edit,
    reconnect: () => (leaderTerm.active() ?? follower).reconnect(),
    async stop() {
      await leaderTerm.stop();
      await lease.close();
    },
  };
}
