import type { Board } from '@lampboard/model';
import type { Logger } from '../platform/log.ts';
import type { Leadership } from '../asterisk/connect-pbx.ts';
import type { PbxConnection } from '../leader.ts';
import type { Lease } from './lease.ts';

/** The reader of this gateway, which there is only while it has the lease. */
export interface LocalLeader {
  /** Null where another gateway reads, or none, at this very moment. */
  active(): PbxConnection | null;
  /** Begins to read; nothing happens where it does already. */
  start(): void;
  stop(): Promise<void>;
}

interface ActiveLeader {
  readonly leader: PbxConnection;
  readonly resign: () => void;
}

export function createLocalLeader({
  lease,
  startLeader,
  lastKnown,
  onStart,
  log,
}: {
  lease: Pick<Lease, 'isHeld'>;
  startLeader: (leadership: Leadership) => Promise<PbxConnection>;
  lastKnown: () => Board['extensions'];
  onStart: (leader: PbxConnection) => void;
  log: Logger;
}): LocalLeader {
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
    log.info('Asterisk is read here');
    onStart(leader);
  }

  return {
    active() {
      if (activeLeader !== null && !lease.isHeld()) {
        log.warn('Asterisk is no longer read here');
        activeLeader.resign();
        activeLeader = null;
      }
      return activeLeader?.leader ?? null;
    },
    start() {
      if (activeLeader !== null || isStarting) return;
      isStarting = true;
      becomeLeader()
        .catch(() => log.warn('Asterisk can not be read yet; it is tried again'))
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
