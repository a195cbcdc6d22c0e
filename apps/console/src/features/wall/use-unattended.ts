import { useEffect } from 'react';
import { useLiveState } from '../../live/live-context.tsx';
import { browserTimers } from '../../live/timers.ts';
import { keepAwake } from './keep-awake.ts';
import { reloadWhenServed } from './reload-when-outdated.ts';

const serves = async () => {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
};

/** What somebody would do who stood before the wall: keep the screen on, and reload a page that is outdated. */
export function useUnattended(): void {
  const outdated = useLiveState(
    ({ connection }) => connection.state === 'down' && connection.reason === 'incompatible',
  );
  useEffect(() => keepAwake(document, navigator), []);
  useEffect(() => {
    if (!outdated) return undefined;
    return reloadWhenServed({
      timers: browserTimers,
      now: Date.now,
      storage: sessionStorage,
      serves,
      reload: () => window.location.reload(),
    });
  }, [outdated]);
}
