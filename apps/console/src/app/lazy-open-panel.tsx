import { useEffect } from 'react';
import { lazyPart } from '../ui/lazy-part.tsx';

const load = () => import('./open-panel.tsx');
const ahead = () => load().catch(() => undefined);
const AHEAD_MS = 1000;

/** The panel's place is kept while its code is on the way. */
export const LazyOpenPanel = lazyPart(
  async () => (await load()).OpenPanel,
  <div className="person-panel" aria-busy="true" />,
);

/** Fetches the panel once the board stands, so that the first click does not wait for it. */
export function usePanelAhead(): void {
  useEffect(() => {
    // Safari has no idle callbacks.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => void ahead(), AHEAD_MS);
      return () => clearTimeout(timer);
    }
    const handle = window.requestIdleCallback(() => void ahead());
    return () => window.cancelIdleCallback(handle);
  }, []);
}
