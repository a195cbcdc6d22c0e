import { pbxField } from '../asterisk/link-problems.ts';
import { LINK_DOWN } from '../presence/set-presence.ts';
import type { BoardService } from '../presence/board-service.ts';
import type { Message } from './messages.ts';
import type { Logger } from '../platform/log.ts';
import type { LastKnown, Leadership } from '../board/leadership.ts';
import type { Lease } from './lease.ts';

interface ActiveLeader {
  readonly leader: BoardService;
  readonly resign: () => void;
}

interface LeaderTermOptions {
  pbxId: string;
  lease: Pick<Lease, 'isHeld'>;
  startLeader: (leadership: Leadership) => Promise<BoardService>;
  lastKnown: () => LastKnown;
  onStart: (leader: BoardService) => void;
  log: Logger;
}

/** Leader of one PBX in this gateway, which exists only while it holds the lease. */
export function createLeaderTerm({ pbxId, lease, startLeader, lastKnown, onStart, log }: LeaderTermOptions) {
  const about = pbxField(pbxId);
  let activeLeader: ActiveLeader | null = null;
  let isStarting = false;

  async function becomeLeader(): Promise<void> {
    let hasResigned = false;
    const isLeader = () => !hasResigned && lease.isHeld();
    const leader = await startLeader({ lastKnown: lastKnown(), isLeader });
    activeLeader = {
      leader,
      resign() {
        hasResigned = true;
        void leader.stop();
      },
    };
    log.info(about, 'became leader');
    onStart(leader);
  }

  return {
    /** Returns null while this gateway does not lead; resigns if the lease was lost. */
    active(): BoardService | null {
      if (activeLeader !== null && !lease.isHeld()) {
        log.warn(about, 'lost leadership');
        activeLeader.resign();
        activeLeader = null;
      }
      return activeLeader?.leader ?? null;
    },
    /** Does nothing while starting or active. */
    start() {
      if (activeLeader !== null || isStarting) return;
      isStarting = true;
      becomeLeader()
        .catch(() => log.warn(about, 'failed to become leader; retrying'))
        .finally(() => {
          isStarting = false;
        });
    },
    async stop() {
      isStarting = true;
      const last = activeLeader;
      activeLeader = null;
      await last?.leader.stop();
    },
  };
}

interface HandleLeaderRequestsOptions {
  id: string;
  /** Returns null while this gateway does not lead. */
  leader: () => BoardService | null;
  send: (message: Message) => void;
  monotonic: () => number;
}

/** Handles requests of other gateways for which this one is the leader. */
export function handleLeaderRequests(
  options: HandleLeaderRequestsOptions,
): (message: Message) => Promise<void> {
  const { id, leader, send, monotonic } = options;
  return async (message) => {
    if (!('to' in message) || message.to !== id) return;
    const envelope = { from: id, to: message.from };
    switch (message.kind) {
      case 'state-request': {
        const board = leader()?.board;
        if (board === undefined) return;
        if (message.withSnapshot) send({ kind: 'snapshot', from: id, snapshot: board.snapshot() });
        const { epoch, seq } = board.current();
        return send({
          kind: 'state',
          ...envelope,
          requestedAt: message.requestedAt,
          leaderClock: monotonic(),
          epoch,
          seq,
        });
      }
      case 'edit': {
        const { command, actor, deadline } = message;
        const reply = (await leader()?.edit(command, actor, deadline)) ?? LINK_DOWN;
        return send({ kind: 'edit-result', ...envelope, id: message.id, reply });
      }
      case 'reconnect':
        return leader()?.reconnect();
      case 'state':
      case 'edit-result':
    }
  };
}
