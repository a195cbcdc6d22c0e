import type { Board } from '@lampboard/board';
import type { Edit } from './edit.ts';
import type { Journal } from './journal.ts';
import type { Logger } from '../log.ts';

/** The same edit, with a line in the journal of who wanted what and what became of it. */
export function createRecordedEdit({
  edit,
  journal,
  board,
  now,
  log,
}: {
  edit: Edit;
  journal: Pick<Journal, 'record'>;
  board: () => Board;
  now: () => number;
  log: Pick<Logger, 'warn'>;
}): Edit {
  return async (command, by) => {
    const row = board().rows.get(command.id);
    const reply = await edit(command, by);
    if (row === undefined || by.kind === 'telephone') return reply;
    try {
      journal.record(row.id, row.provider, {
        by: by.name,
        planned: by.kind === 'return-time',
        at: now(),
        from: command.base,
        to: reply.ok ? reply.presence : command.presence,
        back: command.back ?? null,
        result: reply.ok ? 'ok' : reply.code,
      });
    } catch {
      // What Asterisk has is done, and is answered so.
      log.warn({ extension: row.id }, 'an edit could not be written down');
    }
    return reply;
  };
}
