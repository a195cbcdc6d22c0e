import type { Queries } from '../api/queries.ts';
import type { Session } from '../api/session.ts';
import type { Drafts } from '../features/person/drafts.ts';
import type { Own } from '../own/create-own.ts';

interface KeepApartOptions {
  session: Session;
  drafts: Drafts;
  own: Pick<Own, 'clear'>;
  queries: Queries;
}

/**
 * What one account typed and was shown is for no other: let go of when somebody signs out, and when somebody else signs
 * in. A session that merely ended keeps it. Returns what stops it.
 */
export function keepApart({ session, drafts, own, queries }: KeepApartOptions): () => void {
  let account: number | null = null;
  return session.store.subscribe((state) => {
    const left = state.kind === 'out' && state.why === 'left';
    const other = state.kind === 'in' && account !== null && state.me.id !== account;
    if (left || other) {
      drafts.clear();
      own.clear();
      queries.client()?.clear();
    }
    if (left) account = null;
    if (state.kind === 'in') account = state.me.id;
  });
}
