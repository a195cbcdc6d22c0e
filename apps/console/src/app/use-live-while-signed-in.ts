import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../api/api-context.tsx';
import { useLive } from '../live/live-context.tsx';

/**
 * The board follows Asterisk as long as somebody is signed in, and as long as a gateway that does not answer leaves it
 * open whether somebody is. After that it lets go of what it knew, and tries no more.
 */
export function useLiveWhileSignedIn(): void {
  const live = useLive();
  const wanted = useStore(
    useSession().store,
    (state) => state.kind === 'in' || (state.kind === 'unknown' && state.failure !== null),
  );
  useEffect(() => (wanted ? live.start() : undefined), [live, wanted]);
}
