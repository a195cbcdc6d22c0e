import { useSyncExternalStore, type ReactNode, createContext, useContext, useMemo, useState } from 'react';
import { createRepeatedNumbers } from './repeated-numbers.ts';
import type { Extension } from '@lampboard/protocol';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type ThrottledExtensions, createThrottledExtensions } from './throttled-extensions.ts';
import type { Clock } from './clock.ts';
import type { LiveBoard } from './live-board.ts';
import { type LiveState, NOTHING_LIVE, outageSince, outagesOf } from './connection-state.ts';

const LiveContext = createContext<{
  live: LiveBoard;
  clock: Clock;
  throttledExtensions: ThrottledExtensions;
} | null>(null);
/** Seldom changes, so tiles need not read the store with every delta. */
const OutagesContext = createContext(NOTHING_LIVE);
const RepeatedNumbersContext = createContext<ReadonlySet<string>>(new Set());

export function LiveProvider({
  live,
  clock,
  children,
}: {
  live: LiveBoard;
  clock: Clock;
  children: ReactNode;
}) {
  const value = useMemo(
    () => ({ live, clock, throttledExtensions: createThrottledExtensions(live) }),
    [live, clock],
  );
  const [findRepeated] = useState(createRepeatedNumbers);
  const { throttledExtensions } = value;
  const repeated = useSyncExternalStore(throttledExtensions.subscribe, () =>
    findRepeated(throttledExtensions.extensions()),
  );
  const outages = useStore(live.store, useShallow(outagesOf));
  return (
    <LiveContext value={value}>
      <OutagesContext value={outages}>
        <RepeatedNumbersContext value={repeated}>{children}</RepeatedNumbersContext>
      </OutagesContext>
    </LiveContext>
  );
}

function useLiveContext() {
  const value = useContext(LiveContext);
  if (value === null) throw new Error('LiveProvider is missing');
  return value;
}

export const useLive = (): LiveBoard => useLiveContext().live;

/** Returns the throttled board, for values derived from all extensions. */
export const useThrottledExtensions = (): ThrottledExtensions => useLiveContext().throttledExtensions;
export const useClock = (): Clock => useLiveContext().clock;

export function useLiveState<T>(selector: (state: LiveState) => T): T {
  return useStore(useLive().store, selector);
}

/** Returns since when the board, or the given extension on it, is not live; null while it is live. */
const useOutage = (id?: string): number | null => outageSince(useContext(OutagesContext), id);

export const useIsLive = (id?: string): boolean => useOutage(id) === null;

/** Returns the numbers that exist in several contexts, and are shown with their context. */
export const useRepeatedNumbers = (): ReadonlySet<string> => useContext(RepeatedNumbersContext);

/** Returns the context where another extension has the same number, else null. */
export function useDisambiguatingContext(extension: Extension | undefined): string | null {
  const repeated = useRepeatedNumbers();
  return extension !== undefined && repeated.has(extension.exten) ? extension.context : null;
}

export const useExtension = (id: string): Extension | undefined =>
  useLiveState((state) => state.board?.extensions.get(id));

/** Derives a value from the gateway's clock, in ms since 1970, which stops while the board, or the extension, is not live. */
export function useClockValue<T extends string | number | boolean>(
  derive: ((now: number) => T | null) | null,
  id?: string,
): T | null {
  const { store } = useLive();
  const clock = useClock();
  const frozenAt = useOutage(id);
  return useSyncExternalStore(
    derive === null ? noSubscription : clock.subscribe,
    () => derive?.(frozenAt ?? clock.now() + store.getState().clockOffset) ?? null,
  );
}

const noSubscription = () => () => undefined;

/** Formats the duration since a time of an extension's state, live. */
export const useDuration = (
  since: number | null,
  format: (ms: number) => string,
  id: string,
): string | null => useClockValue(since === null ? null : (now) => format(Math.max(0, now - since)), id);

/** Formats a timestamp of the gateway's clock by the browser's clock. */
export function useLocalTime(
  timestamp: number | null,
  format: (timestamp: number, now: number) => string,
): string | null {
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  return timestamp === null ? null : format(timestamp - offset, clock.now());
}

/** Formats since when the board, or the given extension on it, is not live; null while it is live. */
export const useOfflineSince = (
  format: (timestamp: number, now: number) => string,
  id?: string,
): string | null => useLocalTime(useOutage(id), format);

/** Returns a function that reads the gateway's clock, in milliseconds since 1970. */
export function useServerClock(): () => number {
  const { store } = useLive();
  return () => Date.now() + store.getState().clockOffset;
}

/** Returns what `select` makes of the gateway's clock, in milliseconds since 1970; renders only when that changes. */
export function useServerTimeValue<T extends string | number | boolean | null>(
  select: (now: number) => T,
): T {
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  return useSyncExternalStore(clock.subscribe, () => select(clock.now() + offset));
}
