import type { LiveBoard } from './live-board.ts';
import { type Timers, browserTimers } from './timers.ts';
import { waitForState } from './wait-for-state.ts';

/** Resolves once there is a board or a failure to show, and after `timeoutMs` milliseconds at the latest. */
export function waitForFirstBoard(
  { store }: Pick<LiveBoard, 'store'>,
  timeoutMs: number,
  timers: Timers = browserTimers,
): Promise<void> {
  return waitForState(
    store,
    ({ board, connection }) => board !== null || (connection.state === 'down' && connection.failures > 0),
    { timeoutMs, timers },
  );
}
