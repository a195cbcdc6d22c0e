import type { Live } from './create-live.ts';
import { type LiveState, rowsOf } from './live-state.ts';

/** From so many extensions on, what is made of all of them is not made with every display frame. */
const MANY = 500;
/** Milliseconds: nobody reads counts that change more often. */
const PAUSE_MS = 500;

type Rows = ReturnType<typeof rowsOf>;

/** The board for those who look at all of it. */
export interface CalmRows {
  /** The very same map for as long as it says the same. */
  readonly rows: () => Rows;
  subscribe: (onChange: () => void) => () => void;
}

function copyOf(state: LiveState): { readonly board: LiveState['board']; readonly rows: Rows } {
  return { board: state.board, rows: new Map(rowsOf(state)) };
}

/**
 * A small board as it is; a large one as it is after a pause, and while much changes twice a second. Tiles are not
 * among those who look here: each follows its own row with every frame.
 */
export function createCalmRows({ store }: Pick<Live, 'store'>): CalmRows {
  const listeners = new Set<() => void>();
  let shown = copyOf(store.getState());
  let pause: number | null = null;
  let stop: (() => void) | null = null;

  const follow = () => {
    const state = store.getState();
    const isLarge = rowsOf(state).size >= MANY;
    if (state.board === shown.board || (pause !== null && isLarge)) return;
    shown = copyOf(state);
    if (pause === null && isLarge) pause = window.setTimeout(goOn, PAUSE_MS);
    for (const listener of listeners) listener();
  };
  const goOn = () => {
    pause = null;
    follow();
  };

  return {
    rows: () => {
      const state = store.getState();
      if (stop === null && state.board !== shown.board) shown = copyOf(state);
      return shown.rows;
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      if (stop === null) {
        stop = store.subscribe(follow);
        follow();
      }
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
        if (pause !== null) window.clearTimeout(pause);
        pause = null;
      };
    },
  };
}
