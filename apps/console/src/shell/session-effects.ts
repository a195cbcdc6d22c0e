import type { Session } from '../data/http/session.ts';
import type { LiveBoard } from '../data/socket/live-board.ts';
import type { LazyQueryClient } from '../data/http/lazy-query-client.ts';
import type { Drafts } from '../entities/presence-draft/drafts.ts';
import type { Settings } from '../data/preferences/create-settings.ts';

/** Clears the account's data on sign-out and when another account signs in, not when the session expires. */
export function clearOnAccountChange({
  session,
  drafts,
  settings,
  lazyQueryClient,
}: {
  session: Session;
  drafts: Drafts;
  settings: Pick<Settings, 'clear'>;
  lazyQueryClient: LazyQueryClient;
}): () => void {
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

/** Connects while signed in, or while an unreachable gateway leaves that unknown. Returns the stop function. */
export function connectWhileSignedIn({ session, live }: { session: Session; live: LiveBoard }): () => void {
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
