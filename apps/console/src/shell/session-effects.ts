import type { Session } from '../data/http/session.ts';
import type { Live } from '../data/socket/create-live.ts';
import type { LazyQueryClient } from '../data/http/lazy-query-client.ts';
import type { Drafts } from '../entities/presence-draft/drafts.ts';
import type { Settings } from '../data/settings/create-settings.ts';

interface ClearOnAccountChangeOptions {
  session: Session;
  drafts: Drafts;
  settings: Pick<Settings, 'clear'>;
  lazyQueryClient: LazyQueryClient;
}

/**
 * What one account typed and was shown is for no other: let go of when somebody signs out, and when somebody else signs
 * in. A session that merely ended keeps it. Returns what stops it.
 */
export function clearOnAccountChange({
  session,
  drafts,
  settings,
  lazyQueryClient,
}: ClearOnAccountChangeOptions): () => void {
  let account: number | null = null;
  return session.store.subscribe((state) => {
    const signedOut = state.kind === 'out' && state.reason === 'signed-out';
    const accountChanged = state.kind === 'in' && account !== null && state.me.id !== account;
    if (signedOut || accountChanged) {
      drafts.clear();
      settings.clear();
      lazyQueryClient.get()?.clear();
    }
    if (signedOut) account = null;
    if (state.kind === 'in') account = state.me.id;
  });
}

/**
 * The board follows Asterisk as long as somebody is signed in, and as long as a gateway that does not answer leaves it
 * open whether somebody is. After that it lets go of what it knew, and tries no more. Returns what ends that.
 *
 * No matter of a page's: the snapshot is on its way while the first one is still being drawn.
 */
export function connectWhileSignedIn({ session, live }: { session: Session; live: Live }): () => void {
  let stop: (() => void) | null = null;
  const disconnect = () => {
    stop?.();
    stop = null;
  };
  const update = () => {
    const state = session.store.getState();
    if (state.kind === 'in' || (state.kind === 'unknown' && state.failure !== null)) stop ??= live.start();
    else disconnect();
  };
  const unsubscribe = session.store.subscribe(update);
  update();
  return () => {
    unsubscribe();
    disconnect();
  };
}
