import { back as backSchema, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import type { StandingEdit } from './standing-edits.ts';

/** The return times of what stands, in the store. */
export interface ReturnTimes {
  /** Every edit that was given one, of each provider the oldest first. */
  list(): StandingEdit[];
  /** From now on these edits are the provider's; those without a return time are not kept. */
  replace(provider: string, edits: readonly StandingEdit[]): void;
}

const row = z.object({
  provider: z.string(),
  presence: z.string(),
  by: z.string(),
  at: z.number(),
  back: z.string(),
});

export function createReturnTimes({ db }: { db: Database.Database }): ReturnTimes {
  const all = db.prepare('SELECT provider, presence, by, at, back FROM return_times ORDER BY id');
  const remove = db.prepare('DELETE FROM return_times WHERE provider = ?');
  const insert = db.prepare(
    'INSERT INTO return_times (provider, presence, by, at, back) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    list: () =>
      all.all().map((raw) => {
        const { provider, presence, by, at, back } = row.parse(raw);
        return {
          provider,
          presence: presenceSchema.parse(JSON.parse(presence)),
          by: { kind: 'account', name: by },
          at,
          back: backSchema.parse(JSON.parse(back)),
        };
      }),
    replace: db.transaction((provider: string, edits: readonly StandingEdit[]) => {
      remove.run(provider);
      for (const { presence, by, at, back } of edits) {
        if (back === null || by.kind !== 'account') continue;
        insert.run(provider, JSON.stringify(presence), by.name, at, JSON.stringify(back));
      }
    }),
  };
}
