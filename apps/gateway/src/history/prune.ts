import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from '../store/transaction.ts';
import { ENTRIES_MAX } from './history-store.ts';

/** So many spans in which Asterisk was followed are kept at most. */
const SPANS_MAX = 500;
/** One step looks at so many entries. */
const ENTRIES_A_STEP = 2000;

const nextRow = z.object({ first: z.number().nullable() });

/**
 * Removes what ended `keepMs` ago or is too much of one extension, in small steps that go round through all entries.
 */
export function createPrune({
  db,
  now,
  keepMs,
}: {
  db: Database.Database;
  now: () => number;
  keepMs: number;
}): { step(): void } {
  const next = db.prepare('SELECT min(id) AS first FROM history WHERE id > ?');
  const deleteEntries = prepareWrite(
    db,
    `DELETE FROM history WHERE id >= ? AND id < ? AND (until <= ? OR nth <=
     (SELECT nth FROM history_now WHERE history_now.extension = history.extension) - ${ENTRIES_MAX})`,
  );
  const deleteGone = prepareWrite(
    db,
    `DELETE FROM history_now WHERE lamp = 'unknown' AND presence IS NULL AND at <= ?`,
  );
  const deleteSpans = prepareWrite(
    db,
    `DELETE FROM followed WHERE until <= ? OR id <= (SELECT max(id) FROM followed) - ${SPANS_MAX}`,
  );
  let done = 0;

  return {
    step() {
      const until = now() - keepMs;
      const { first } = nextRow.parse(next.get(done));
      if (first === null) {
        done = 0;
        deleteGone.run(until);
        deleteSpans.run(until);
        return;
      }
      deleteEntries.run(first, first + ENTRIES_A_STEP, until);
      done = first + ENTRIES_A_STEP - 1;
    },
  };
}
