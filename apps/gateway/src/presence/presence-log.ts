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

/** So many edits of one extension are kept at most, however young: nobody fills the disk, or crowds out others. */
const MAX_ENTRIES_PER_EXTENSION = 1000;
/** Texts longer than Asterisk takes were refused; so many characters of them are kept. */
const MAX_TEXT_LENGTH = 1022;

/** `accountId`: the account that `by` names, where it is known. */
type PresenceLogEntry = PresenceChange & { readonly accountId?: number | undefined };

/** Who changed what through Lampboard, when, and what became of it. */
export interface PresenceLog {
  /** False where the store takes nothing now: it is written later. */
  record(extension: string, provider: string | null, entry: PresenceLogEntry): boolean;
  /** The newest first; none from before `since`, in milliseconds since 1970. */
  list(extension: string, since?: number): PresenceChange[];
  /** The last edit of each provider that Asterisk took, without its return time. */
  last(): AttributedEdit[];
  /** Removes what is kept for long enough. */
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
/** Of a row with the columns `by` and `account_id`: what the account is called by now, or was at the end. */
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
  /** Milliseconds since 1970, by a clock that what is kept can be trusted to. */
  now: () => number;
  /** Milliseconds. */
  retentionMs: number;
}): PresenceLog {
  const insert = prepareWrite(
    db,
    `INSERT INTO edits (at, extension, provider, by, account_id, planned, before, wanted, back, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = `SELECT at, provider, ${CURRENT_NAME_SQL}, account_id, planned, before, wanted, back, result`;
  const ofExtension = db.prepare(
    `${select} FROM edits WHERE extension = ? AND at > ? ORDER BY id DESC LIMIT ${MAX_LISTED}`,
  );
  const lastOk = db.prepare(
    `${select} FROM edits WHERE id IN
     (SELECT max(id) FROM edits WHERE result = 'ok' AND provider IS NOT NULL GROUP BY provider) AND at > ?`,
  );
  const deleteSurplus = prepareWrite(
    db,
    `DELETE FROM edits WHERE extension = ? AND id <=
     (SELECT id FROM edits WHERE extension = ? ORDER BY id DESC LIMIT 1 OFFSET ${MAX_ENTRIES_PER_EXTENSION})`,
  );
  const deleteOld = prepareWrite(db, 'DELETE FROM edits WHERE at <= ?');

  return {
    record(
      extension,
      provider,
      { timestamp, actor, accountId = null, isScheduled, from, to, returnTime, result },
    ) {
      const texts = [JSON.stringify(clipped(from)), JSON.stringify(clipped(to))];
      const returnTimeJson = returnTime === null ? null : JSON.stringify(returnTime);
      return writer.write('edits', () => {
        insert.run(
          timestamp,
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
    last: () =>
      lastOk.all(now() - retentionMs).map((raw) => {
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

/** A presence that was set through Lampboard, and may stand in Asterisk. */
export interface AttributedEdit {
  readonly provider: string;
  readonly presence: Presence;
  readonly actor: Actor;
  /** Milliseconds since 1970. */
  readonly setAt: number;
  readonly returnTime: ReturnTime | null;
}
