import type { Session } from '../api/session.ts';
import type { Live } from '../live/create-live.ts';

/**
 * The board follows Asterisk as long as somebody is signed in, and as long as a gateway that does not answer leaves it
 * open whether somebody is. After that it lets go of what it knew, and tries no more. Returns what ends that.
 *
 * No matter of a page's: the snapshot is on its way while the first one is still being drawn.
 */
export function liveWhileSignedIn({ session, live }: { session: Session; live: Live }): () => void {
  let stop: (() => void) | null = null;
  const end = () => {
    stop?.();
    stop = null;
  };
  const follow = () => {
    const state = session.store.getState();
    if (state.kind === 'in' || (state.kind === 'unknown' && state.failure !== null)) stop ??= live.start();
    else end();
  };
  const unsubscribe = session.store.subscribe(follow);
  follow();
  return () => {
    unsubscribe();
    end();
  };
}
