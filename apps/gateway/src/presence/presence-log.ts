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
import { prepareWrite } from '../platform/store/transaction.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';

/** Keeps one extension from filling the disk. */
const MAX_ENTRIES_PER_EXTENSION = 1000;
/** Rejected texts that exceed Asterisk's limit are truncated to this number of characters. */
const MAX_TEXT_LENGTH = 1022;

/** `accountId` is the account of `actor`, if known. */
type PresenceLogEntry = PresenceChange & { readonly accountId?: number | undefined };

export interface PresenceLogTarget {
  readonly pbxId: string;
  readonly extension: string;
  readonly provider: string | null;
}

/** Log of presence changes through Lampboard, with their actors and results. */
export interface PresenceLog {
  /** Returns false if the store can't be written now; the entry is written later. */
  record(target: PresenceLogTarget, entry: PresenceLogEntry): boolean;
  /** Lists the newest first; none before `since`, in milliseconds since 1970. */
  list(extension: string, since?: number): PresenceChange[];
  /** Lists the last accepted edit of each provider of a PBX, without its return time. */
  last(pbxId: string): AttributedEdit[];
  purgeExpired(): void;
}

const row = z.object({
  at: z.number(),
  by: z.string(),
  planned: z.number(),
  before: z.string(),
  wanted: z.string(),
  back: z.string().nullable(),
  result: z.string(),
});
const lastRow = row.extend({ provider: z.string(), account_id: z.number().nullable() });
/** Selects the account's current name, or its last one if it was removed. */
export const CURRENT_NAME_SQL =
  'coalesce((SELECT name FROM accounts WHERE accounts.id = account_id), by) AS by';

const MAX_LISTED = 20;

export function createPresenceLog({
  db,
  writer,
  now,
  retentionMs,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Retention clock, in milliseconds since 1970. */
  now: () => number;
  retentionMs: number;
}): PresenceLog {
  const insert = prepareWrite(
    db,
    `INSERT INTO edits (at, pbx, extension, provider, by, account_id, planned, before, wanted, back, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = `SELECT at, provider, ${CURRENT_NAME_SQL}, account_id, planned, before, wanted, back, result`;
  const ofExtension = db.prepare(
    `${select} FROM edits WHERE extension = ? AND at > ? ORDER BY id DESC LIMIT ${MAX_LISTED}`,
  );
  const lastOk = db.prepare(
    `${select} FROM edits WHERE id IN
     (SELECT max(id) FROM edits WHERE result = 'ok' AND pbx = ? AND provider IS NOT NULL GROUP BY provider) AND at > ?`,
  );
  const deleteSurplus = prepareWrite(
    db,
    `DELETE FROM edits WHERE extension = ? AND id <=
     (SELECT id FROM edits WHERE extension = ? ORDER BY id DESC LIMIT 1 OFFSET ${MAX_ENTRIES_PER_EXTENSION})`,
  );
  const deleteOld = prepareWrite(db, 'DELETE FROM edits WHERE at <= ?');

  return {
    record(
      { pbxId, extension, provider },
      { timestamp, actor, accountId = null, isScheduled, from, to, returnTime, result },
    ) {
      const texts = [JSON.stringify(clipped(from)), JSON.stringify(clipped(to))];
      const returnTimeJson = returnTime === null ? null : JSON.stringify(returnTime);
      return writer.write('edits', () => {
        insert.run(
          timestamp,
          pbxId,
          extension,
          provider,
          actor,
          accountId,
          isScheduled ? 1 : 0,
          ...texts,
          returnTimeJson,
          result,
        );
        deleteSurplus.run(extension, extension);
      });
    },
    list: (extension, since = 0) =>
      ofExtension.all(extension, Math.max(now() - retentionMs, since - 1)).map((raw) => {
        const { at, by, before, wanted: after, planned, back, result } = row.parse(raw);
        return presenceChange.parse({
          timestamp: at,
          actor: by,
          result,
          isScheduled: planned === 1,
          from: JSON.parse(before),
          to: JSON.parse(after),
          returnTime: back === null ? null : JSON.parse(back),
        });
      }),
    last: (pbxId) =>
      lastOk.all(pbxId, now() - retentionMs).map((raw) => {
        const {
          provider,
          wanted: after,
          by: name,
          account_id: accountId,
          planned,
          at: setAt,
        } = lastRow.parse(raw);
        const presence = presenceSchema.parse(JSON.parse(after));
        const kind = planned === 1 ? 'return-time' : 'account';
        return {
          provider,
          presence,
          actor: { kind, name, accountId: accountId ?? undefined },
          setAt,
          returnTime: null,
        };
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
