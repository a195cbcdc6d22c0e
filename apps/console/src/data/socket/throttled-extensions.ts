import type { LiveBoard } from './live-board.ts';
import { type LiveState, extensionsOf } from './connection-state.ts';
import { createThrottle } from './throttle.ts';

/** Number of extensions from which updates of the whole board are throttled. */
const LARGE_BOARD_THRESHOLD = 500;
const THROTTLE_MS = 500;

export type ThrottledExtensions = ReturnType<typeof createThrottledExtensions>;

const copyState = (state: LiveState) => ({ board: state.board, extensions: new Map(extensionsOf(state)) });

/** A copy of the board for derived values: follows a small board with each update, and a large one at most twice a second. */
export function createThrottledExtensions({ store }: Pick<LiveBoard, 'store'>) {
  const listeners = new Set<() => void>();
  let current = copyState(store.getState());
  let unsubscribe: (() => void) | null = null;

  const publish = () => {
    current = copyState(store.getState());
    for (const listener of listeners) listener();
  };
  const throttle = createThrottle({ run: publish, intervalMs: THROTTLE_MS });
  const update = () => {
    const state = store.getState();
    if (state.board === current.board) return;
    if (extensionsOf(state).size >= LARGE_BOARD_THRESHOLD) throttle.request();
    else {
      throttle.cancel();
      publish();
    }
  };

  return {
    /** Returns the same map until the board changes. */
    extensions: () => {
      const state = store.getState();
      if (unsubscribe === null && state.board !== current.board) current = copyState(state);
      return current.extensions;
    },
    subscribe: (onChange: () => void) => {
      listeners.add(onChange);
      if (unsubscribe === null) {
        unsubscribe = store.subscribe(update);
        update();
      }
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = null;
        throttle.cancel();
      };
    },
  };
}
