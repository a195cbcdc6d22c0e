import type { Edit } from '../edits/edit.ts';
import type { Journal } from '../edits/journal.ts';
import { ownSince } from './own-since.ts';
import type { Handlers } from './commands.ts';

/** Edits of presence, each of them written down. */
export function createPresenceCommands({
  edit,
  journal,
}: {
  edit: Edit;
  journal: Pick<Journal, 'list'>;
}): Pick<Handlers, 'set-presence' | 'list-edits'> {
  return {
    'set-presence': (command, { account: { id, name } }) =>
      edit(command, { kind: 'account', name, accountId: id }),
    'list-edits': ({ id }, { account }) => ({ ok: true, value: journal.list(id, ownSince(account, id)) }),
  };
}
