import { useOutages } from '../../data/socket/live-context.tsx';
import { allDownSince } from '../../data/socket/connection-state.ts';
import '../person/person-panel.css';
import { useEffect } from 'react';
import { lazyComponent } from '../../ui/lazy-component.tsx';
import { runWhenIdle } from '../../ui/run-when-idle.ts';

const load = () => import('../person/person-panel.tsx');
const preload = () => load().catch(() => undefined);

/** Reserves the panel's space while it is loading. */
export const LazyPersonPanel = lazyComponent(
  async () => (await load()).PersonPanelContainer,
  <div className="person-panel" aria-busy="true" />,
);

/** Preloads the panel in an idle moment of a live board, so that the first click does not wait. */
export function usePreloadPanel(): void {
  const live = allDownSince(useOutages()) === null;
  useEffect(() => {
    if (!live) return undefined;
    return runWhenIdle(() => {
      void preload();
      return false;
    });
  }, [live]);
}
