import type { StoreApi } from 'zustand/vanilla';
import { type Timers, browserTimers } from './timers.ts';

/** Resolves once the state of a store matches, or after the timeout, if any. */
export function waitForState<T>(
  { getState, subscribe }: Pick<StoreApi<T>, 'getState' | 'subscribe'>,
  matches: (state: T) => boolean,
  options?: { timeoutMs: number; timers?: Timers },
): Promise<void> {
  if (matches(getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const { timers = browserTimers } = options ?? {};
    const finish = () => {
      if (timer !== null) timers.clearTimer(timer);
      unsubscribe();
      resolve();
    };
    const timer = options === undefined ? null : timers.setTimer(finish, options.timeoutMs);
    const unsubscribe = subscribe((state) => {
      if (matches(state)) finish();
    });
  });
}
