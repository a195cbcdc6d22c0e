import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from '../platform/store/transaction.ts';
import { type HistoryEntry, LAMPS, PRESENCE_STATES } from '@lampboard/protocol';
import type { Span } from './timeline.ts';

/** So many entries of an extension are told, and kept, at most. */
export const MAX_ENTRIES = 500;

interface LastEntry extends HistoryEntry {
  readonly extension: string;
}

/** A span in which Asterisk was followed, as it is kept. */
export interface StoredSpan extends Span {
  readonly id: number;
}

/** History in the store: entries, and the spans of time in which Asterisk was followed. */
export interface HistoryStore {
  /** What was written last of every extension. */
  last(): LastEntry[];
  /** The newest {@link ENTRIES_MAX}, in the order in which they were written. */
  entries(extension: string): HistoryEntry[];
  spans(): StoredSpan[];
  isEmpty(): boolean;
  /** Writes an entry for each of these extensions, and how far the span goes by now; to be called in a transaction. */
  write(entries: ReadonlyMap<string, HistoryEntry>, span: StoredSpan): void;
  clear(): void;
}

const row = z.object({
  startedAt: z.number(),
  lamp: z.enum(LAMPS).catch('unknown'),
  presence: z.enum(PRESENCE_STATES).nullable().catch(null),
});
const lastRow = row.extend({ extension: z.string() });
const spanRow = z.object({ id: z.number(), since: z.number(), until: z.number() });
const idRow = z.object({ id: z.number() });

/**
 * What an extension is now is in `history_now`; what it was before is moved to the end of `history`, with the id of what
 * it was before that. So thousands of changes are written to a few pages, which an index by extension would scatter.
 */
export function createHistoryStore({ db }: { db: Database.Database }): HistoryStore {
  const selectLast = db.prepare('SELECT *, at AS startedAt FROM history_now');
  const ofExtension = db.prepare(
    `WITH RECURSIVE chain (at, lamp, presence, before) AS (
       SELECT at, lamp, presence, before FROM history_now WHERE extension = ?
       UNION ALL
       SELECT history.at, history.lamp, history.presence, history.before
       FROM chain JOIN history ON history.id = chain.before
     )
     SELECT at AS startedAt, lamp, presence FROM chain LIMIT ${MAX_ENTRIES}`,
  );
  const selectSpans = db.prepare('SELECT id, since, until FROM followed ORDER BY id');
  const lastId = db.prepare(
    'SELECT max(coalesce((SELECT max(id) FROM history), 0), coalesce((SELECT max(before) FROM history_now), 0)) AS id',
  );
  // Of a list in JSON `key` is the place. One statement for all is many times faster than one for each.
  const move = prepareWrite(
    db,
    `INSERT INTO history (id, extension, at, until, lamp, presence, nth, before)
     SELECT ? + heard.key, was.extension, was.at, heard.value ->> 1, was.lamp, was.presence, was.nth, was.before
     FROM json_each(?) AS heard JOIN history_now AS was ON was.extension = heard.value ->> 0`,
  );
  const put = prepareWrite(
    db,
    `INSERT INTO history_now (extension, at, lamp, presence, nth, before)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 1, ? + key FROM json_each(?) WHERE true
     ON CONFLICT (extension) DO UPDATE SET
     at = excluded.at, lamp = excluded.lamp, presence = excluded.presence, nth = nth + 1, before = excluded.before`,
  );
  const putSpan = prepareWrite(
    db,
    'INSERT INTO followed VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until',
  );

  const anyRow = db.prepare('SELECT 1 FROM history_now UNION ALL SELECT 1 FROM followed LIMIT 1');

  function putEntries(entries: ReadonlyMap<string, HistoryEntry>): void {
    if (entries.size === 0) return;
    const changes = [...entries].map(([extension, { startedAt, lamp, presence }]) => [
      extension,
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
    last: () => selectLast.all().map((raw) => lastRow.parse(raw)),
    entries: (extension) =>
      ofExtension
        .all(extension)
        .map((raw) => row.parse(raw))
        .toReversed(),
    spans: () => selectSpans.all().map((raw) => spanRow.parse(raw)),
    isEmpty: () => anyRow.get() === undefined,
    write(entries, { id, since, until }) {
      putEntries(entries);
      putSpan.run(id, since, until);
    },
    clear: () => db.exec('DELETE FROM history; DELETE FROM history_now; DELETE FROM followed;'),
  };
}

/** So many spans in which Asterisk was followed are kept at most. */
const MAX_SPANS = 500;
/** One step looks at so many entries. */
const ENTRIES_PER_STEP = 2000;

const nextRow = z.object({ first: z.number().nullable() });

/**
 * Removes what ended `keepMs` ago or is too much of one extension, in small steps that go round through all entries.
 */
export function createPruner({
  db,
  now,
  retentionMs,
}: {
  db: Database.Database;
  now: () => number;
  retentionMs: number;
}): { step(): void } {
  const next = db.prepare('SELECT min(id) AS first FROM history WHERE id > ?');
  const deleteEntries = prepareWrite(
    db,
    `DELETE FROM history WHERE id >= ? AND id < ? AND (until <= ? OR nth <=
     (SELECT nth FROM history_now WHERE history_now.extension = history.extension) - ${MAX_ENTRIES})`,
  );
  const deleteGone = prepareWrite(
    db,
    `DELETE FROM history_now WHERE lamp = 'unknown' AND presence IS NULL AND at <= ?`,
  );
  const deleteSpans = prepareWrite(
    db,
    `DELETE FROM followed WHERE until <= ? OR id <= (SELECT max(id) FROM followed) - ${MAX_SPANS}`,
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
