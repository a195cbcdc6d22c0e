import type { Extension } from '@lampboard/protocol';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useThrottledExtensions, useClock, useLive } from './live-context.tsx';
import { allDownSince, outagesOf } from './connection-state.ts';
import { dequal } from 'dequal';

export type Extensions = ReadonlyMap<string, Extension>;

type Derive<T> = (extensions: Extensions, now: number) => T;
type IsSame<T> = (a: T, b: T) => boolean;

/**
 * Derives once per board and time, and returns the previous value where the new one is equal. One for each `derive`: a value
 * on the screen is kept while the next one is rendered in a transition.
 */
function createMemo<T>(derive: Derive<T>) {
  let last: { extensions: Extensions; now: number; value: T } | null = null;
  return (extensions: Extensions, now: number, isSame: IsSame<T>): T => {
    if (last?.extensions === extensions && last.now === now) return last.value;
    const next = derive(extensions, now);
    const value = last !== null && isSame(last.value, next) ? last.value : next;
    last = { extensions, now, value };
    return value;
  };
}

/** Calls a function again only where its argument is another one than last time. */
export function memoizeLast<A extends object, R>(run: (argument: A) => R): (argument: A) => R {
  let last: { readonly argument: A; readonly result: R } | null = null;
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: run(argument) };
    return last.result;
  };
}

/** Derives a value from the throttled board; renders only when the value changes. */
export function useBoardValue<T>(derive: (extensions: Extensions) => T, isSame: IsSame<T> = dequal): T {
  const memo = useMemo(() => createMemo(derive), [derive]);
  const throttled = useThrottledExtensions();
  return useSyncExternalStore(throttled.subscribe, () => memo(throttled.extensions(), 0, isSame));
}

/**
 * Derives a value from the throttled board and the gateway's clock, in ms since 1970, which stops while no PBX is live. Where
 * not `isTimed`, the value does not depend on the time, which is 0.
 */
export function useClockedBoardValue<T>(derive: Derive<T>, isTimed: boolean): T {
  const { store } = useLive();
  const throttled = useThrottledExtensions();
  const clock = useClock();
  const memo = useMemo(() => createMemo(derive), [derive]);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const unsubscribes = [throttled.subscribe(onChange), ...(isTimed ? [clock.subscribe(onChange)] : [])];
      return () => {
        for (const unsubscribe of unsubscribes) unsubscribe();
      };
    },
    [throttled, clock, isTimed],
  );
  return useSyncExternalStore(subscribe, () => {
    const state = store.getState();
    const now = isTimed ? (allDownSince(outagesOf(state)) ?? clock.now() + state.clockOffset) : 0;
    return memo(throttled.extensions(), now, dequal);
  });
}
