import { useSyncExternalStore } from 'react';
import { useClock, useLiveState } from '../../live/live-context.tsx';

/** Something made from the gateway's clock, in milliseconds since 1970; drawn anew only when it changes. */
export function useNow<T extends string | number | boolean | null>(make: (now: number) => T): T {
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  return useSyncExternalStore(clock.subscribe, () => make(clock.now() + offset));
}
