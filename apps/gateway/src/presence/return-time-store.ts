import { returnTime as returnTimeSchema, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from '../platform/store/transaction.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { CURRENT_NAME_SQL, type AttributedEdit } from './presence-log.ts';

/** Stores the edits of one PBX that have a return time. */
export interface ReturnTimeStore {
  /** Lists all edits with a return time, oldest first for each provider. */
  list(): AttributedEdit[];
  /**
   * Replaces the provider's edits; those without a return time are not stored. Returns false if the store can't be
   * written: then it is written later, or not at all if `immediately`.
   */
  replace(provider: string, edits: readonly AttributedEdit[], options: { immediately: boolean }): boolean;
}

const row = z.object({
  provider: z.string(),
  presence: z.string(),
  by: z.string(),
  account_id: z.number().nullable(),
  at: z.number(),
  back: z.string(),
});

export function createReturnTimeStore({
  db,
  writer,
  pbxId,
  mayWrite = () => true,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'attempt' | 'write'>;
  pbxId: string;
  /** Checked right before writing, as another gateway may have become the leader. */
  mayWrite?: () => boolean;
}): ReturnTimeStore {
  const all = db.prepare(
    `SELECT provider, presence, ${CURRENT_NAME_SQL}, account_id, at, back FROM return_times
     WHERE pbx = ? ORDER BY id`,
  );
  const remove = prepareWrite(db, 'DELETE FROM return_times WHERE pbx = ? AND provider = ?');
  const insert = prepareWrite(
    db,
    'INSERT INTO return_times (pbx, provider, presence, by, account_id, at, back) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    list: () =>
      all.all(pbxId).map((raw) => {
        const {
          provider,
          presence,
          by: name,
          account_id: accountId,
          at: setAt,
          back: returnTime,
        } = row.parse(raw);
        return {
          provider,
          presence: presenceSchema.parse(JSON.parse(presence)),
          actor: { kind: 'account', name, accountId: accountId ?? undefined },
          setAt,
          returnTime: returnTimeSchema.parse(JSON.parse(returnTime)),
        };
      }),
    replace(provider, edits, { immediately }) {
      const key = `return-times ${pbxId} ${provider}`;
      const save = () => {
        if (!mayWrite()) return;
        remove.run(pbxId, provider);
        for (const { presence, actor, setAt, returnTime } of edits) {
          if (returnTime === null || actor.kind !== 'account') continue;
          const { name, accountId = null } = actor;
          insert.run(
            pbxId,
            provider,
            JSON.stringify(presence),
            name,
            accountId,
            setAt,
            JSON.stringify(returnTime),
          );
        }
      };
      return immediately
        ? writer.attempt('return-times', save, key)
        : writer.write('return-times', save, key);
    },
  };
}
