import type { Board } from '@lampboard/board';
import type { Edit } from './edit.ts';
import type { Journal } from './journal.ts';
import type { Logger } from '../log.ts';
import { refuse } from '../refuse.ts';

const FAILED = refuse(
  'fault',
  'Lampboard failed at this, and it is not known whether Asterisk took the change.',
);

/**
 * The same edit, with a line in the journal of who wanted what and what became of it. It never rejects: an edit is answered
 * to whoever waits for it, here or at another gateway.
 */
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
  return async (command, by, deadline) => {
    const row = board().rows.get(command.id);
    const reply = await edit(command, by, deadline).catch((error: unknown) => {
      log.warn(
        { extension: command.id, error: error instanceof Error ? error.name : 'unknown' },
        'an edit failed',
      );
      return FAILED;
    });
    if (row === undefined || by.kind === 'telephone') return reply;
    const isRecorded = journal.record(row.id, row.provider, {
      by: by.name,
      accountId: by.accountId,
      planned: by.kind === 'return-time',
      at: now(),
      from: command.base,
      to: reply.ok ? reply.presence : command.presence,
      back: command.back ?? null,
      result: reply.ok ? 'ok' : reply.code,
    });
    return reply.ok && !isRecorded ? { ...reply, recorded: false } : reply;
  };
}
