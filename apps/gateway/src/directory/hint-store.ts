import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { writePreparer } from '../platform/store/transaction.ts';

/** A hint as Asterisk listed it last; `name` is null where Asterisk's name was not read. */
const knownHint = z.object({
  exten: z.string(),
  context: z.string(),
  hint: z.string(),
  name: z.nullable(z.string()),
});
export type KnownHint = Readonly<z.infer<typeof knownHint>>;

const row = z.object({ hints: jsonColumn(z.array(knownHint)) });

interface HintStoreOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
}

/** All hints of each PBX, hidden ones too, as they are known to every gateway, and while a link is down. */
export type HintStore = ReturnType<typeof createHintStore>;

export function createHintStore({ db, writer }: HintStoreOptions) {
  const select = db.prepare('SELECT hints FROM hints WHERE pbx = ?');
  const put = writePreparer(db)(
    'INSERT INTO hints VALUES (?, ?) ON CONFLICT (pbx) DO UPDATE SET hints = excluded.hints',
  );
  const saved = new Map<string, string>();
  return {
    list(pbxId: string): readonly KnownHint[] {
      const raw = select.get(pbxId);
      return raw === undefined ? [] : row.parse(raw).hints;
    },
    save(pbxId: string, hints: readonly KnownHint[]) {
      const text = JSON.stringify(hints);
      if (saved.get(pbxId) === text) return;
      saved.set(pbxId, text);
      writer.write('directory', () => void put.run(pbxId, text), `hints ${pbxId}`);
    },
  };
}
