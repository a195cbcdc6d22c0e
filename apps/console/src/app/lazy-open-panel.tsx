import { useEffect } from 'react';
import { useIsLive } from '../live/live-context.tsx';
import { lazyPart } from '../ui/lazy-part.tsx';

const load = () => import('./open-panel.tsx');
const ahead = () => load().catch(() => undefined);
const AHEAD_MS = 1000;

/** The panel's place is kept while its code is on the way. */
export const LazyOpenPanel = lazyPart(
  async () => (await load()).OpenPanel,
  <div className="person-panel" aria-busy="true" />,
);

/** Fetches the panel once the board is live, and has been drawn: the first click does not wait for it, nor the board. */
export function usePanelAhead(): void {
  const live = useIsLive();
  useEffect(() => {
    if (!live) return undefined;
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => void ahead(), AHEAD_MS);
      return () => clearTimeout(timer);
    }
    const handle = window.requestIdleCallback(() => void ahead());
    return () => window.cancelIdleCallback(handle);
  }, [live]);
}
