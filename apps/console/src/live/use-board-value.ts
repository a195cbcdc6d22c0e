import type { ExtensionRow } from '@lampboard/protocol';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { useCalmRows, useClock, useLive } from './live-context.tsx';
import { downSince } from './live-state.ts';

export type Rows = ReadonlyMap<string, ExtensionRow>;

type Derive<T> = (rows: Rows, now: number) => T;

/** Derives once for each board and moment, and answers the very same value while the new one says the same. */
function createMemo<T>() {
  let last: { rows: Rows; now: number; derive: Derive<T>; value: T } | null = null;
  return (rows: Rows, now: number, derive: Derive<T>, same: (a: T, b: T) => boolean): T => {
    if (last !== null && last.rows === rows && last.now === now && last.derive === derive) return last.value;
    const next = derive(rows, now);
    const value = last !== null && same(last.value, next) ? last.value : next;
    last = { rows, now, derive, value };
    return value;
  };
}

/** A value made from the whole board, as calm as that is; who uses it renders anew only when the value changes. */
export function useBoardValue<T>(derive: (rows: Rows) => T, same: (a: T, b: T) => boolean): T {
  const [memo] = useState(() => createMemo<T>());
  const calm = useCalmRows();
  return useSyncExternalStore(calm.subscribe, () => memo(calm.rows(), 0, derive, same));
}

/**
 * The same for what depends on the time as well: derived anew each second too. `now` is by the gateway's clock, in
 * milliseconds since 1970; while the board is not live it stands still.
 */
export function useTimedBoardValue<T>(derive: Derive<T>, same: (a: T, b: T) => boolean): T {
  const { store } = useLive();
  const calm = useCalmRows();
  const clock = useClock();
  const [memo] = useState(() => createMemo<T>());
  const subscribe = useCallback(
    (onChange: () => void) => {
      const stops = [calm.subscribe(onChange), clock.subscribe(onChange)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [calm, clock],
  );
  return useSyncExternalStore(subscribe, () => {
    const state = store.getState();
    return memo(calm.rows(), downSince(state) ?? clock.now() + state.clockOffset, derive, same);
  });
}

export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => Object.is(item, b[index])));
}
