import type { Board } from '@lampboard/board';
import type { Logger } from '../log.ts';
import type { Reign } from '../pbx/follow-pbx.ts';
import type { FollowedPbx } from '../reader.ts';
import type { Lease } from './lease.ts';

/** The reader of this gateway, which there is only while it has the lease. */
export interface OwnReader {
  /** Null where another gateway reads, or none, at this very moment. */
  current(): FollowedPbx | null;
  /** Begins to read; nothing happens where it does already. */
  begin(): void;
  stop(): Promise<void>;
}

interface Reading {
  readonly reader: FollowedPbx;
  readonly lapse: () => void;
}

export function createOwnReader({
  lease,
  startReader,
  known,
  onBegin,
  log,
}: {
  lease: Pick<Lease, 'isHeld'>;
  startReader: (reign: Reign) => Promise<FollowedPbx>;
  known: () => Board['rows'];
  onBegin: (reader: FollowedPbx) => void;
  log: Logger;
}): OwnReader {
  let reading: Reading | null = null;
  let isBusy = false;

  async function start(): Promise<void> {
    let hasLapsed = false;
    const holds = () => !hasLapsed && lease.isHeld();
    const reader = await startReader({ known: known(), holds });
    reading = {
      reader,
      lapse() {
        hasLapsed = true;
        void reader.stop();
      },
    };
    log.info('Asterisk is read here');
    onBegin(reader);
  }

  return {
    current() {
      if (reading !== null && !lease.isHeld()) {
        log.warn('Asterisk is no longer read here');
        reading.lapse();
        reading = null;
      }
      return reading?.reader ?? null;
    },
    begin() {
      if (reading !== null || isBusy) return;
      isBusy = true;
      start()
        .catch(() => log.warn('Asterisk can not be read yet; it is tried again'))
        .finally(() => {
          isBusy = false;
        });
    },
    async stop() {
      isBusy = true;
      const last = reading;
      reading = null;
      await last?.reader.stop();
    },
  };
}
