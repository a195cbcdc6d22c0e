import { type StoreApi, createStore } from 'zustand/vanilla';
import type { Timers } from '../../live/timers.ts';

interface RotationState {
  /** The keys of the pages there are, in their order. */
  readonly keys: readonly string[];
  /** The page that is seen; null where there is none. */
  readonly at: string | null;
  readonly paused: boolean;
}

/** Turns whole pages, one after the other, for ever. */
export interface Rotation {
  readonly store: Pick<StoreApi<RotationState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** The pages there are from now on; the one that is seen stays, or else what stands in its place. */
  show: (keys: readonly string[]) => void;
  turn: (by: 1 | -1) => void;
  togglePause: () => void;
  /** Returns what stops it. */
  start: () => () => void;
}

interface RotationOptions {
  /** Milliseconds that each page is seen, after a turn by hand as well. */
  everyMs: number;
  timers: Pick<Timers, 'setTimer' | 'clearTimer'>;
}

/** The key so many places on, round and round. */
function keyAfter({ keys, at }: RotationState, by: number): string | null {
  const place = at === null ? 0 : keys.indexOf(at) + by;
  return keys[(place + keys.length) % keys.length] ?? null;
}

export function createRotation({ everyMs, timers }: RotationOptions): Rotation {
  const store = createStore<RotationState>(() => ({ keys: [], at: null, paused: false }));
  let started = false;
  let timer: number | null = null;

  const stopTimer = () => {
    if (timer !== null) timers.clearTimer(timer);
    timer = null;
  };
  const again = () => {
    stopTimer();
    if (started && !store.getState().paused) timer = timers.setTimer(() => turn(1), everyMs);
  };
  const turn = (by: 1 | -1) => {
    store.setState({ at: keyAfter(store.getState(), by) });
    again();
  };

  return {
    store,
    turn,
    show: (keys) => {
      const { keys: before, at } = store.getState();
      if (at !== null && keys.includes(at)) {
        store.setState({ keys });
        return;
      }
      const place = at === null ? 0 : Math.min(before.indexOf(at), keys.length - 1);
      store.setState({ keys, at: keys[place] ?? null });
      again();
    },
    togglePause: () => {
      store.setState(({ paused }) => ({ paused: !paused }));
      again();
    },
    start: () => {
      started = true;
      again();
      return () => {
        started = false;
        stopTimer();
      };
    },
  };
}
