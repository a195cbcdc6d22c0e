import {
  MAX_TEMPLATES,
  type PresenceTemplate,
  presenceTemplate as templateSchema,
} from '@lampboard/protocol';
import type Database from 'libsql';
import { z } from 'zod';
import { jsonColumn } from '../platform/store/json-column.ts';
import { writePreparer } from '../platform/store/transaction.ts';

/** Id of an account, or null for templates of the site. */
export type Owner = number | null;

export type TemplateStore = ReturnType<typeof createTemplateStore>;

const row = z.object({ template: jsonColumn(z.unknown()) });
const countRow = z.object({ count: z.number() });

export function createTemplateStore({ db }: { db: Database.Database }) {
  const prepareWrite = writePreparer(db);
  const ofOwner = db.prepare('SELECT template FROM templates WHERE account_id IS ? ORDER BY position');
  const countOf = db.prepare('SELECT count(*) AS count FROM templates WHERE account_id IS ?');
  const insert = prepareWrite('INSERT INTO templates (account_id, id, template) VALUES (?, ?, ?)');
  const update = prepareWrite('UPDATE templates SET template = ? WHERE account_id IS ? AND id = ?');
  const deleteOne = prepareWrite('DELETE FROM templates WHERE account_id IS ? AND id = ?');

  return {
    // In an array, as a single null would mean no parameter.
    /** Lists in the order of creation. */
    list: (owner: Owner): PresenceTemplate[] =>
      ofOwner.all([owner]).flatMap((raw) => templateSchema.safeParse(row.parse(raw).template).data ?? []),
    /** Appends or updates a template; returns false at the limit of {@link MAX_TEMPLATES}. */
    save(owner: Owner, template: PresenceTemplate) {
      const text = JSON.stringify(template);
      if (update.run(text, owner, template.id).changes > 0) return true;
      if (countRow.parse(countOf.get([owner])).count >= MAX_TEMPLATES) return false;
      insert.run(owner, template.id, text);
      return true;
    },
    remove: (owner: Owner, id: string) => void deleteOne.run(owner, id),
  };
}
