import { type Presence, presence as presenceSchema } from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import type { StoreWriter } from '../platform/store/store-writer.ts';
import { writePreparer } from '../platform/store/transaction.ts';

/** An extension whose phone is on “do not disturb”. */
export interface FollowedDnd {
  /** The presence that was replaced; null where none was. */
  readonly before: Presence | null;
  /** False while it is not known whether Asterisk was asked, to set the presence or to set it back. */
  readonly isDone: boolean;
}

/** Stores for which phones on “do not disturb” the presence has followed. */
export type DndStore = ReturnType<typeof createDndStore>;

const row = z.object({
  extension: z.string(),
  before: jsonColumn(presenceSchema).nullable(),
  isDone: z.number().transform((flag) => flag === 1),
});

interface DndStoreOptions {
  db: Database.Database;
  writer: Pick<StoreWriter, 'write'>;
  /** Checked right before writing, as another gateway may have become the leader. */
  mayWrite?: () => boolean;
}

export function createDndStore({ db, writer, mayWrite = () => true }: DndStoreOptions) {
  const prepareWrite = writePreparer(db);
  const all = db.prepare('SELECT extension, before, is_done AS isDone FROM followed_dnd');
  const remove = prepareWrite('DELETE FROM followed_dnd WHERE extension = ?');
  const put = prepareWrite(
    'INSERT OR REPLACE INTO followed_dnd (extension, before, is_done) VALUES (?, ?, ?)',
  );
  return {
    /** Lists the extensions by id. */
    list: (): [id: string, followed: FollowedDnd][] =>
      all.all().map((raw) => {
        const { extension, ...followed } = row.parse(raw);
        return [extension, followed];
      }),
    /** Saves what has followed for an extension; null once its phone is off “do not disturb”. */
    save(id: string, followed: FollowedDnd | null): void {
      const before = followed?.before ?? null;
      writer.write(
        'dnd',
        () => {
          if (!mayWrite()) return;
          if (followed === null) remove.run(id);
          else put.run(id, before && JSON.stringify(before), followed.isDone ? 1 : 0);
        },
        id,
      );
    },
  };
}
