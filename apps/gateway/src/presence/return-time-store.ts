import { returnTime as returnTimeSchema, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import { writePreparer } from '../platform/store/transaction.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { CURRENT_NAME_SQL, type AttributedEdit } from './presence-log.ts';

/** Stores the edits of one PBX that have a return time. */
export type ReturnTimeStore = ReturnType<typeof createReturnTimeStore>;

const row = z.object({
  provider: z.string(),
  presence: jsonColumn(presenceSchema),
  name: z.string(),
  accountId: z.number().nullable(),
  setAt: z.number(),
  returnTime: jsonColumn(returnTimeSchema),
});

interface ReturnTimeStoreOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'attempt' | 'write'>;
  pbxId: string;
  /** Checked right before writing, as another gateway may have become the leader. */
  mayWrite?: () => boolean;
}

export function createReturnTimeStore({ db, writer, pbxId, mayWrite = () => true }: ReturnTimeStoreOptions) {
  const prepareWrite = writePreparer(db);
  const all = db.prepare(
    `SELECT provider, presence, ${CURRENT_NAME_SQL} AS name, account_id AS accountId, at AS setAt, back AS returnTime
     FROM return_times WHERE pbx = ? ORDER BY id`,
  );
  const remove = prepareWrite('DELETE FROM return_times WHERE pbx = ? AND provider = ?');
  const insert = prepareWrite(
    'INSERT INTO return_times (pbx, provider, presence, by, account_id, at, back) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    /** Lists all edits with a return time, oldest first for each provider. */
    list: (): AttributedEdit[] =>
      all.all(pbxId).map((raw) => {
        const { name, accountId, ...edit } = row.parse(raw);
        return { ...edit, actor: { kind: 'account', name, accountId: accountId ?? undefined } };
      }),
    /** Replaces the provider's edits with a return time; false if written later, or not at all if `immediately`. */
    replace(provider: string, edits: readonly AttributedEdit[], { immediately }: { immediately: boolean }) {
      const key = `return-times ${pbxId} ${provider}`;
      const save = () => {
        if (!mayWrite()) return;
        remove.run(pbxId, provider);
        for (const { presence, actor, setAt, returnTime } of edits) {
          if (returnTime === null || actor.kind !== 'account') continue;
          const edit = [JSON.stringify(presence), actor.name, actor.accountId ?? null, setAt];
          insert.run(pbxId, provider, ...edit, JSON.stringify(returnTime));
        }
      };
      return writer[immediately ? 'attempt' : 'write']('return-times', save, key);
    },
  };
}
