import type Database from 'libsql';
import { z } from 'zod';
import { writePreparer } from '../platform/store/transaction.ts';
import { type HistoryEntry, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import type { Span } from './timeline.ts';

/** Limit for each extension. */
const MAX_ENTRIES = 500;

/** A span of time in which a PBX was followed; its start identifies it. */
export interface StoredSpan extends Span {
  readonly pbx: string;
}

/** Stores history entries and the spans of time in which each PBX was followed. */
export type HistoryStore = ReturnType<typeof createHistoryStore>;

const row = z.object({
  startedAt: z.number(),
  lamp: z.enum(LAMPS).catch('unknown'),
  presence: z.enum(PRESENCE_STATES).nullable().catch(null),
});
const lastRow = row.extend({ extension: z.string() });
const spanRow = z.object({ pbx: z.string(), since: z.number(), until: z.number() });
const idRow = z.object({ id: z.number() });

/**
 * Stores each extension's current entry in `history_current`, and appends its predecessor to `history`, linked by
 * `prev_id`. So thousands of changes touch few pages, which an index by extension would scatter.
 */
export function createHistoryStore({ db }: { db: Database.Database }) {
  const prepareWrite = writePreparer(db);
  const selectLast = db.prepare('SELECT *, at AS startedAt FROM history_current');
  const ofExtension = db.prepare(
    `WITH RECURSIVE chain (at, lamp, presence, prev_id) AS (
       SELECT at, lamp, presence, prev_id FROM history_current WHERE extension = ?
       UNION ALL
       SELECT history.at, history.lamp, history.presence, history.prev_id
       FROM chain JOIN history ON history.id = chain.prev_id
     )
     SELECT at AS startedAt, lamp, presence FROM chain LIMIT ${MAX_ENTRIES}`,
  );
  const selectSpans = db.prepare('SELECT pbx, since, until FROM coverage WHERE pbx = ? ORDER BY id');
  const lastId = db.prepare(
    'SELECT max(coalesce((SELECT max(id) FROM history), 0), coalesce((SELECT max(prev_id) FROM history_current), 0)) AS id',
  );
  // `key` is the index in a JSON array. One statement for all is many times faster than one for each.
  const move = prepareWrite(`INSERT INTO history (id, extension, at, until, lamp, presence, seq, prev_id)
     SELECT ? + change.key, was.extension, was.at, change.value ->> 1, was.lamp, was.presence, was.seq, was.prev_id
     FROM json_each(?) AS change JOIN history_current AS was ON was.extension = change.value ->> 0`);
  const put = prepareWrite(`INSERT INTO history_current (extension, at, lamp, presence, seq, prev_id)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 1, ? + key FROM json_each(?) WHERE true
     ON CONFLICT (extension) DO UPDATE SET
     at = excluded.at, lamp = excluded.lamp, presence = excluded.presence, seq = seq + 1, prev_id = excluded.prev_id`);
  const putSpan = prepareWrite(
    'INSERT INTO coverage (pbx, since, until) VALUES (?, ?, ?) ON CONFLICT (pbx, since) DO UPDATE SET until = excluded.until',
  );

  const anyRow = db.prepare('SELECT 1 FROM history_current UNION ALL SELECT 1 FROM coverage LIMIT 1');

  function putEntries(entries: ReadonlyMap<string, HistoryEntry>): void {
    if (entries.size === 0) return;
    const changes = [...entries].map(([id, { startedAt, lamp, presence }]) => [
      id,
      startedAt,
      lamp,
      presence,
    ]);
    const text = JSON.stringify(changes);
    const firstId = idRow.parse(lastId.get()).id + 1;
    move.run(firstId, text);
    put.run(firstId, text);
  }

  return {
    /** Returns the last entry of each extension. */
    last: () => selectLast.all().map((raw) => lastRow.parse(raw)),
    /** Returns the newest {@link MAX_ENTRIES}, oldest first. */
    entries: (extension: string): HistoryEntry[] =>
      ofExtension
        .all(extension)
        .map((raw) => row.parse(raw))
        .toReversed(),
    spans: (pbxId: string): StoredSpan[] => selectSpans.all(pbxId).map((raw) => spanRow.parse(raw)),
    isEmpty: () => anyRow.get() === undefined,
    /** Writes one entry for each extension and updates the spans; to be called in a transaction. */
    write(entries: ReadonlyMap<string, HistoryEntry>, spans: Iterable<StoredSpan>) {
      putEntries(entries);
      for (const { pbx, since, until } of spans) putSpan.run(pbx, since, until);
    },
    clear: () => db.exec('DELETE FROM history; DELETE FROM history_current; DELETE FROM coverage;'),
  };
}

/** Limit for each PBX. */
const MAX_SPANS = 500;
const ENTRIES_PER_STEP = 2000;

const nextRow = z.object({ first: z.number().nullable() });

interface PrunerOptions {
  db: Database.Database;
  now: () => number;
  retentionMs: number;
}

/** Removes entries that ended `retentionMs` ago or exceed an extension's limit, in small steps through all entries. */
export function createPruner({ db, now, retentionMs }: PrunerOptions): { step(): void } {
  const prepareWrite = writePreparer(db);
  const next = db.prepare('SELECT min(id) AS first FROM history WHERE id > ?');
  const deleteEntries = prepareWrite(`DELETE FROM history WHERE id >= ? AND id < ? AND (until <= ? OR seq <=
     (SELECT seq FROM history_current WHERE history_current.extension = history.extension) - ${MAX_ENTRIES})`);
  const deleteGone = prepareWrite(
    `DELETE FROM history_current WHERE lamp = 'unknown' AND presence IS NULL AND at <= ?`,
  );
  const deleteSpans = prepareWrite(
    `DELETE FROM coverage WHERE until <= ? OR id IN (SELECT id FROM
     (SELECT id, row_number() OVER (PARTITION BY pbx ORDER BY id DESC) AS n FROM coverage) WHERE n > ${MAX_SPANS})`,
  );
  let lastPrunedId = 0;

  return {
    step() {
      const until = now() - retentionMs;
      const { first } = nextRow.parse(next.get(lastPrunedId));
      if (first === null) {
        lastPrunedId = 0;
        deleteGone.run(until);
        deleteSpans.run(until);
        return;
      }
      deleteEntries.run(first, first + ENTRIES_PER_STEP, until);
      lastPrunedId = first + ENTRIES_PER_STEP - 1;
    },
  };
}
