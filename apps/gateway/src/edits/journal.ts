import { type EditRecord, editRecord, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from '../store/transaction.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import type { StandingEdit } from './standing-edits.ts';

/** So many edits of one extension are kept at most, however young: nobody fills the disk, or crowds out others. */
const KEEP_AT_MOST = 1000;
/** Texts longer than Asterisk takes were refused; so many characters of them are kept. */
const TEXT_LENGTH = 1022;

/** `accountId`: the account that `by` names, where it is known. */
type JournalEdit = EditRecord & { readonly accountId?: number | undefined };

/** Who changed what through Lampboard, when, and what became of it. */
export interface Journal {
  /** False where the store takes nothing now: it is written later. */
  record(extension: string, provider: string | null, edit: JournalEdit): boolean;
  /** The newest first; none from before `since`, in milliseconds since 1970. */
  list(extension: string, since?: number): EditRecord[];
  /** The last edit of each provider that Asterisk took, without its return time. */
  last(): StandingEdit[];
  /** Removes what is kept for long enough. */
  sweep(): void;
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
export const NAME_BY_NOW = 'coalesce((SELECT name FROM accounts WHERE accounts.id = account_id), by) AS by';

const LIST_LENGTH = 20;

export function createJournal({
  db,
  writer,
  now,
  keepMs,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Milliseconds since 1970, by a clock that what is kept can be trusted to. */
  now: () => number;
  /** Milliseconds. */
  keepMs: number;
}): Journal {
  const insert = prepareWrite(
    db,
    `INSERT INTO edits (at, extension, provider, by, account_id, planned, before, wanted, back, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = `SELECT at, provider, ${NAME_BY_NOW}, account_id, planned, before, wanted, back, result`;
  const ofExtension = db.prepare(
    `${select} FROM edits WHERE extension = ? AND at > ? ORDER BY id DESC LIMIT ${LIST_LENGTH}`,
  );
  const lastOk = db.prepare(
    `${select} FROM edits WHERE id IN
     (SELECT max(id) FROM edits WHERE result = 'ok' AND provider IS NOT NULL GROUP BY provider) AND at > ?`,
  );
  const deleteSurplus = prepareWrite(
    db,
    `DELETE FROM edits WHERE extension = ? AND id <=
     (SELECT id FROM edits WHERE extension = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEEP_AT_MOST})`,
  );
  const deleteOld = prepareWrite(db, 'DELETE FROM edits WHERE at <= ?');

  return {
    record(extension, provider, { at, by, accountId = null, planned, from, to, back, result }) {
      const texts = [JSON.stringify(clipped(from)), JSON.stringify(clipped(to))];
      const until = back === null ? null : JSON.stringify(back);
      return writer.write('edits', () => {
        insert.run(at, extension, provider, by, accountId, planned ? 1 : 0, ...texts, until, result);
        deleteSurplus.run(extension, extension);
      });
    },
    list: (extension, since = 0) =>
      ofExtension.all(extension, Math.max(now() - keepMs, since - 1)).map((raw) => {
        const { before, wanted, planned, back, ...rest } = row.parse(raw);
        return editRecord.parse({
          ...rest,
          planned: planned === 1,
          from: JSON.parse(before),
          to: JSON.parse(wanted),
          back: back === null ? null : JSON.parse(back),
        });
      }),
    last: () =>
      lastOk.all(now() - keepMs).map((raw) => {
        const { provider, wanted, by: name, account_id: accountId, planned, at } = lastRow.parse(raw);
        const presence = presenceSchema.parse(JSON.parse(wanted));
        const kind = planned === 1 ? 'return-time' : 'account';
        return { provider, presence, by: { kind, name, accountId: accountId ?? undefined }, at, back: null };
      }),
    sweep: () => void writer.write('retention', () => void deleteOld.run(now() - keepMs), 'edits'),
  };
}

function clipped({ state, subtype, message }: EditRecord['to']): EditRecord['to'] {
  const clip = (text: string) => text.slice(0, TEXT_LENGTH).toWellFormed();
  return { state: clip(state), subtype: clip(subtype), message: clip(message) };
}
