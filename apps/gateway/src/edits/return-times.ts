import { back as backSchema, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { prepareWrite } from '../store/transaction.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { NAME_BY_NOW } from './journal.ts';
import type { StandingEdit } from './standing-edits.ts';

/** The return times of what stands, in the store. */
export interface ReturnTimes {
  /** Every edit that was given one, of each provider the oldest first. */
  list(): StandingEdit[];
  /**
   * From now on these edits are the provider's; those without a return time are not kept. Where the store takes nothing,
   * it is written later, or, where it must be `atOnce`, not at all: the answer is false.
   */
  replace(provider: string, edits: readonly StandingEdit[], how: { atOnce: boolean }): boolean;
}

const row = z.object({
  provider: z.string(),
  presence: z.string(),
  by: z.string(),
  account_id: z.number().nullable(),
  at: z.number(),
  back: z.string(),
});

export function createReturnTimes({
  db,
  writer,
  mayWrite = () => true,
}: {
  db: Database.Database;
  writer: Pick<StoreWriter, 'attempt' | 'write'>;
  /** Asked at the moment of writing: another gateway may keep them by then. */
  mayWrite?: () => boolean;
}): ReturnTimes {
  const all = db.prepare(
    `SELECT provider, presence, ${NAME_BY_NOW}, account_id, at, back FROM return_times ORDER BY id`,
  );
  const remove = prepareWrite(db, 'DELETE FROM return_times WHERE provider = ?');
  const insert = prepareWrite(
    db,
    'INSERT INTO return_times (provider, presence, by, account_id, at, back) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    list: () =>
      all.all().map((raw) => {
        const { provider, presence, by: name, account_id: accountId, at, back } = row.parse(raw);
        return {
          provider,
          presence: presenceSchema.parse(JSON.parse(presence)),
          by: { kind: 'account', name, accountId: accountId ?? undefined },
          at,
          back: backSchema.parse(JSON.parse(back)),
        };
      }),
    replace(provider, edits, { atOnce }) {
      const key = `return-times ${provider}`;
      const put = () => {
        if (!mayWrite()) return;
        remove.run(provider);
        for (const { presence, by, at, back } of edits) {
          if (back === null || by.kind !== 'account') continue;
          const { name, accountId = null } = by;
          insert.run(provider, JSON.stringify(presence), name, accountId, at, JSON.stringify(back));
        }
      };
      return atOnce ? writer.attempt('return-times', put, key) : writer.write('return-times', put, key);
    },
  };
}
