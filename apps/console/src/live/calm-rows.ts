import type { Live } from './create-live.ts';
import { rowsOf } from './live-state.ts';

/** From so many extensions on, what is made of all of them is not made with every display frame. */
const MANY = 500;
/** Milliseconds: nobody reads counts that change more often. */
const PAUSE_MS = 250;

/** The board for those who look at all of it. */
export interface CalmRows {
  readonly rows: () => ReturnType<typeof rowsOf>;
  subscribe: (onChange: () => void) => () => void;
}

/**
 * A small board as it is; a large one as it is after a pause, and while much changes four times a second. Tiles are not
 * among those who look here: each follows its own row with every frame.
 */
export function createCalmRows({ store }: Pick<Live, 'store'>): CalmRows {
  const listeners = new Set<() => void>();
  let shown = rowsOf(store.getState());
  let pause: number | null = null;
  let stop: (() => void) | null = null;

  const follow = () => {
    const rows = rowsOf(store.getState());
    if (rows === shown || (pause !== null && rows.size >= MANY)) return;
    shown = rows;
    if (pause === null && rows.size >= MANY) pause = window.setTimeout(goOn, PAUSE_MS);
    for (const listener of listeners) listener();
  };
  const goOn = () => {
    pause = null;
    follow();
  };

  return {
    rows: () => {
      if (stop === null) shown = rowsOf(store.getState());
      return shown;
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
