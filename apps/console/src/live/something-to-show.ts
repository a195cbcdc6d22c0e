import type { Live } from './create-live.ts';
import type { LiveState } from './live-state.ts';
import { type Timers, browserTimers } from './timers.ts';

/** Resolves as soon as there is a board to draw or a failure to tell, and after `ms` milliseconds at the latest. */
export function somethingToShow(
  { store }: Pick<Live, 'store'>,
  ms: number,
  timers: Timers = browserTimers,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      timers.clearTimer(timer);
      unsubscribe();
      resolve();
    };
    const timer = timers.setTimer(done, ms);
    const unsubscribe = store.subscribe((state) => {
      if (isWorthShowing(state)) done();
    });
    if (isWorthShowing(store.getState())) done();
  });
}

function isWorthShowing({ board, connection }: LiveState): boolean {
  return board !== null || (connection.state === 'down' && connection.failures > 0);
}
