import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from './transaction.ts';
import type { Logger } from '../log.ts';
import type { StoreWriter } from './store-writer.ts';

const DAY_MS = 86_400_000;
/** A clock that is further ahead of when Lampboard last ran, in milliseconds, may be wrong. */
const MAX_JUMP_MS = DAY_MS;
/** So long it has to stay there, in milliseconds, before anything is removed by it. */
const TRUST_AFTER_MS = 3 * DAY_MS;

/** The time by which what is kept for a while is removed. A clock that jumps ahead removes nothing. */
export interface Retention {
  /** Milliseconds since 1970; stands still while the clock is not trusted. */
  now(): number;
  /** To be called at the start, and every hour or so: notes in the store how late it is. */
  note(): void;
}

const row = z.object({ seen_at: z.number(), jumped_at: z.number().nullable() });

export function createRetention({
  db,
  writer,
  now,
  log,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  now: () => number;
  log: Pick<Logger, 'warn'>;
}): Retention {
  const select = db.prepare('SELECT seen_at, jumped_at FROM clock');
  const put = prepareWrite(db, 'INSERT OR REPLACE INTO clock VALUES (1, ?, ?)');
  let { seenAt, jumpedAt } = read();

  function read() {
    const found = select.get();
    if (found === undefined) return { seenAt: now(), jumpedAt: null };
    const { seen_at, jumped_at } = row.parse(found);
    return { seenAt: seen_at, jumpedAt: jumped_at };
  }

  const isAhead = (at: number) => at - seenAt > MAX_JUMP_MS;

  return {
    now: () => (isAhead(now()) ? seenAt : now()),
    note() {
      writer.write(
        'retention',
        () => {
          ({ seenAt, jumpedAt } = read());
          const at = now();
          const stayedMs = jumpedAt === null ? -1 : at - jumpedAt;
          if (!isAhead(at) || stayedMs >= TRUST_AFTER_MS) {
            seenAt = at;
            jumpedAt = null;
          } else if (stayedMs < 0) {
            jumpedAt = at;
            const days = Math.round((at - seenAt) / DAY_MS);
            log.warn(
              { days },
              'the clock is far ahead of when Lampboard last ran; nothing old is removed for now',
            );
          }
          put.run(seenAt, jumpedAt);
        },
        'clock',
      );
    },
  };
}
