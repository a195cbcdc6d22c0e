import type { KeptHistory } from '../history/history.ts';
import type { Handlers } from './commands.ts';
import { ownSince } from './own-since.ts';

/** What lamp and presence were. */
export function createHistoryCommands({
  history,
}: {
  history: Pick<KeptHistory, 'list'>;
}): Pick<Handlers, 'list-history'> {
  return {
    'list-history'({ id }, { account }) {
      const since = ownSince(account, id);
      const value = history.list(id, since);
      return { ok: true, value: value.from === since ? { ...value, ownSince: since } : value };
    },
  };
}
