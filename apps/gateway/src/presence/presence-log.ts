import {
  type PresenceChange,
  presenceChange,
  presence as presenceSchema,
  type Actor,
  type ReturnTime,
  type Presence,
} from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import { writePreparer } from '../platform/store/transaction.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';

/** Keeps one extension from filling the disk. */
const MAX_ENTRIES_PER_EXTENSION = 1000;
/** Rejected texts that exceed Asterisk's limit are truncated to this number of characters. */
const MAX_TEXT_LENGTH = 1022;

/** `accountId` is the account of `actor`, if known. */
type PresenceLogEntry = PresenceChange & { readonly accountId?: number | null | undefined };

interface PresenceLogTarget {
  readonly pbxId: string;
  readonly extension: string;
  readonly provider: string | null;
}

/** Log of presence changes through Lampboard, with their actors and results. */
export type PresenceLog = ReturnType<typeof createPresenceLog>;

const row = z.object({
  timestamp: z.number(),
  actor: z.string(),
  isScheduled: z.number().transform((flag) => flag === 1),
  from: jsonColumn(z.unknown()),
  to: jsonColumn(z.unknown()),
  returnTime: jsonColumn(z.unknown()).nullable(),
  result: z.string(),
});
const lastRow = row.extend({ provider: z.string(), accountId: z.number().nullable() });
/** The account's current name, or its last one if it was removed. */
export const CURRENT_NAME_SQL = 'coalesce((SELECT name FROM accounts WHERE accounts.id = account_id), by)';

const MAX_LISTED = 20;

interface ListOptions {
  readonly since?: number;
  readonly aliases?: readonly string[];
}

interface PresenceLogOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Retention clock, in milliseconds since 1970. */
  now: () => number;
  retentionMs: number;
}

export function createPresenceLog({ db, writer, now, retentionMs }: PresenceLogOptions) {
  const prepareWrite = writePreparer(db);
  const insert =
    prepareWrite(`INSERT INTO edits (at, pbx, extension, provider, by, account_id, planned, before, wanted, back, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const select = `SELECT at AS timestamp, provider, ${CURRENT_NAME_SQL} AS actor, account_id AS accountId,
     planned AS isScheduled, before AS "from", wanted AS "to", back AS returnTime, result`;
  const ofExtension = db.prepare(
    `${select} FROM edits WHERE extension IN (SELECT value FROM json_each(?)) AND at > ?
     ORDER BY id DESC LIMIT ${MAX_LISTED}`,
  );
  const lastOk = db.prepare(
    `${select} FROM edits WHERE id IN
     (SELECT max(id) FROM edits WHERE result = 'ok' AND pbx = ? AND provider IS NOT NULL GROUP BY provider) AND at > ?`,
  );
  const deleteSurplus = prepareWrite(`DELETE FROM edits WHERE extension = ? AND id <=
     (SELECT id FROM edits WHERE extension = ? ORDER BY id DESC LIMIT 1 OFFSET ${MAX_ENTRIES_PER_EXTENSION})`);
  const deleteOld = prepareWrite('DELETE FROM edits WHERE at <= ?');

  return {
    /** Returns false if the store can't be written now; the entry is written later. */
    record(
      { pbxId, extension, provider }: PresenceLogTarget,
      { timestamp, actor, accountId = null, isScheduled, from, to, returnTime, result }: PresenceLogEntry,
    ) {
      const attributed = [actor, accountId, isScheduled ? 1 : 0];
      const change = [JSON.stringify(clipped(from)), JSON.stringify(clipped(to))];
      const returnTimeJson = returnTime && JSON.stringify(returnTime);
      return writer.write('edits', () => {
        insert.run(timestamp, pbxId, extension, provider, ...attributed, ...change, returnTimeJson, result);
        deleteSurplus.run(extension, extension);
      });
    },
    /** Lists the newest first, of the aliases too; none before `since`, in milliseconds since 1970. */
    list: (extension: string, { since = 0, aliases = [] }: ListOptions = {}): PresenceChange[] =>
      ofExtension
        .all(JSON.stringify([extension, ...aliases]), Math.max(now() - retentionMs, since - 1))
        .map((raw) => presenceChange.parse(row.parse(raw))),
    /** Lists the last accepted edit of each provider of a PBX, without its return time. */
    last: (pbxId: string): AttributedEdit[] =>
      lastOk.all(pbxId, now() - retentionMs).map((raw) => {
        const { provider, to, actor: name, accountId, isScheduled, timestamp: setAt } = lastRow.parse(raw);
        const kind = isScheduled ? 'return-time' : 'account';
        const actor = { kind, name, accountId: accountId ?? undefined } as const;
        return { provider, presence: presenceSchema.parse(to), actor, setAt, returnTime: null };
      }),
    purgeExpired: () =>
      void writer.write('retention', () => void deleteOld.run(now() - retentionMs), 'edits'),
  };
}

function clipped({ state, subtype, message }: PresenceChange['to']): PresenceChange['to'] {
  const clip = (text: string) => text.slice(0, MAX_TEXT_LENGTH).toWellFormed();
  return { state: clip(state), subtype: clip(subtype), message: clip(message) };
}

/** A presence set through Lampboard that Asterisk may still hold. */
export interface AttributedEdit {
  readonly provider: string;
  readonly presence: Presence;
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly setAt: number;
  readonly returnTime: ReturnTime | null;
}
