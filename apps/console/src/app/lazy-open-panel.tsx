import { type ComponentProps, Suspense, lazy, useEffect } from 'react';
import type { OpenPanel as Panel } from './open-panel.tsx';

const load = () => import('./open-panel.tsx');
const ahead = () => load().catch(() => undefined);
const AHEAD_MS = 1000;
const OpenPanel = lazy(async () => ({ default: (await load()).OpenPanel }));

/** The panel's place is kept while its code is on the way. */
export function LazyOpenPanel(props: ComponentProps<typeof Panel>) {
  return (
    <Suspense fallback={<div className="person-panel" aria-busy="true" />}>
      <OpenPanel {...props} />
    </Suspense>
  );
}

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
