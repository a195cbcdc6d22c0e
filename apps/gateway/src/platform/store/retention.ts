import type Database from 'libsql';
import { z } from 'zod';
import { writePreparer } from './transaction.ts';
import type { Logger } from '../log.ts';
import type { StoreWriter } from './store-writer.ts';

const DAY_MS = 86_400_000;
/** A clock that is further ahead of the last recorded time may be wrong. */
const MAX_CLOCK_JUMP_MS = DAY_MS;
/** A clock that stays ahead for this time is trusted again. */
const TRUST_JUMP_AFTER_MS = 3 * DAY_MS;

/** The time for removing old data. A clock that jumps ahead removes nothing. */
export type RetentionClock = ReturnType<typeof createRetentionClock>;

const row = z.object({ seenAt: z.number(), jumpedAt: z.number().nullable() });

interface RetentionClockOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  now: () => number;
  log: Pick<Logger, 'warn'>;
}

export function createRetentionClock({ db, writer, now, log }: RetentionClockOptions) {
  const select = db.prepare('SELECT seen_at AS seenAt, jumped_at AS jumpedAt FROM clock');
  const save = writePreparer(db)('INSERT OR REPLACE INTO clock VALUES (1, ?, ?)');
  let { seenAt, jumpedAt } = read();

  function read() {
    const stored = select.get();
    return stored === undefined ? { seenAt: now(), jumpedAt: null } : row.parse(stored);
  }

  const isJump = (timestamp: number) => timestamp - seenAt > MAX_CLOCK_JUMP_MS;

  return {
    /** Milliseconds since 1970; constant while the clock is not trusted. */
    now: () => (isJump(now()) ? seenAt : now()),
    /** Stores the current time; call it at the start and about hourly. */
    recordTime() {
      writer.write(
        'retention',
        () => {
          ({ seenAt, jumpedAt } = read());
          const timestamp = now();
          const jumpAgeMs = jumpedAt === null ? -1 : timestamp - jumpedAt;
          if (!isJump(timestamp) || jumpAgeMs >= TRUST_JUMP_AFTER_MS) {
            seenAt = timestamp;
            jumpedAt = null;
          } else if (jumpAgeMs < 0) {
            jumpedAt = timestamp;
            const days = Math.round((timestamp - seenAt) / DAY_MS);
            log.warn({ days }, 'clock is far ahead of the last run; old data is not removed for now');
          }
          save.run(seenAt, jumpedAt);
        },
        'clock',
      );
    },
  };
}
