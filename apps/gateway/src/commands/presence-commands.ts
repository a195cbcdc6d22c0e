import type { Board } from '@lampboard/board';
import type { EditRecord } from '@lampboard/protocol';
import type { Edit } from '../edits/edit.ts';
import type { Journal } from '../edits/journal.ts';
import type { Logger } from '../log.ts';
import type { Handlers } from './commands.ts';

/** Edits of presence, each of them written down. */
export function createPresenceCommands({
  edit,
  journal,
  board,
  now,
  log,
}: {
  edit: Edit;
  journal: Journal;
  board: () => Board;
  now: () => number;
  log: Logger;
}): Pick<Handlers, 'set-presence' | 'list-edits'> {
  function record(extension: string, provider: string | null, made: EditRecord): void {
    try {
      journal.record(extension, provider, made);
    } catch {
      // What Asterisk has is done, and is answered so.
      log.warn({ extension }, 'an edit could not be written down');
    }
  }

  return {
    async 'set-presence'(command, { account: { name: by } }) {
      const row = board().rows.get(command.id);
      const reply = await edit(command, by);
      const to = reply.ok ? reply.presence : command.presence;
      const result = reply.ok ? 'ok' : reply.code;
      if (row !== undefined) record(row.id, row.provider, { by, at: now(), from: command.base, to, result });
      return reply;
    },
    'list-edits': ({ id }) => ({ ok: true, value: journal.list(id) }),
  };
}
