import type { Board } from '@lampboard/board';
import type { Edit } from '../edit.ts';
import type { Journal } from '../edits/journal.ts';
import type { Handlers } from './commands.ts';

/** Edits of presence, each of them written down. */
export function createPresenceCommands({
  edit,
  journal,
  board,
  now,
}: {
  edit: Edit;
  journal: Journal;
  board: () => Board;
  now: () => number;
}): Pick<Handlers, 'set-presence' | 'list-edits'> {
  return {
    async 'set-presence'(command, { account }) {
      const provider = board().rows.get(command.id)?.provider ?? null;
      const reply = await edit(command, account.name);
      journal.record(command.id, provider, {
        by: account.name,
        at: now(),
        from: command.base,
        to: reply.ok ? reply.presence : command.presence,
        result: reply.ok ? 'ok' : reply.code,
      });
      return reply;
    },
    'list-edits': ({ id }) => ({ ok: true, value: journal.list(id) }),
  };
}
