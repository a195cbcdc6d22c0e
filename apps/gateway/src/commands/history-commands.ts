import type { KeptHistory } from '../history/history.ts';
import type { Handlers } from './commands.ts';

/** What lamp and presence were. */
export function createHistoryCommands({
  history,
}: {
  history: Pick<KeptHistory, 'list'>;
}): Pick<Handlers, 'list-history'> {
  return { 'list-history': ({ id }) => ({ ok: true, value: history.list(id) }) };
}
