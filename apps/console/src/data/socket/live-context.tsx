import { useSyncExternalStore, type ReactNode, createContext, useContext, useMemo, useState } from 'react';
import { createRepeatedNumbers } from './repeated-numbers.ts';
import type { Extension } from '@lampboard/protocol';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { type ThrottledExtensions, createThrottledExtensions } from './throttled-extensions.ts';
import type { Clock } from './clock.ts';
import type { Live } from './create-live.ts';
import { type LiveState, offlineSince, isLive } from './connection-state.ts';

interface LiveProviderProps {
  live: Live;
  clock: Clock;
  children: ReactNode;
}

interface LiveContextValue {
  readonly live: Live;
  readonly clock: Clock;
  readonly throttledExtensions: ThrottledExtensions;
}

/** State of the whole board that seldom changes: tiles need not read the store with every delta. */
interface ConnectionContextValue {
  readonly isLive: boolean;
  readonly offlineSince: number | null;
}

const LiveContext = createContext<LiveContextValue | null>(null);
const ConnectionContext = createContext<ConnectionContextValue>({ isLive: false, offlineSince: null });
const RepeatedNumbersContext = createContext<ReadonlySet<string>>(new Set());

export function LiveProvider({ live, clock, children }: LiveProviderProps) {
  const value = useMemo(
    () => ({ live, clock, throttledExtensions: createThrottledExtensions(live) }),
    [live, clock],
  );
  const [findRepeated] = useState(createRepeatedNumbers);
  const { throttledExtensions } = value;
  const repeated = useSyncExternalStore(throttledExtensions.subscribe, () =>
    findRepeated(throttledExtensions.extensions()),
  );
  const connection = useStore(
    live.store,
    useShallow((state) => ({ isLive: isLive(state), offlineSince: offlineSince(state) })),
  );
  return (
    <LiveContext value={value}>
      <ConnectionContext value={connection}>
        <RepeatedNumbersContext value={repeated}>{children}</RepeatedNumbersContext>
      </ConnectionContext>
    </LiveContext>
  );
}

function useLiveContext(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === null) throw new Error('LiveProvider is missing');
  return value;
}

export function useLive(): Live {
  return useLiveContext().live;
}

/** Returns the throttled board, for values derived from all extensions. */
export function useThrottledExtensions(): ThrottledExtensions {
  return useLiveContext().throttledExtensions;
}

export function useClock(): Clock {
  return useLiveContext().clock;
}

export function useLiveState<T>(selector: (state: LiveState) => T): T {
  return useStore(useLive().store, selector);
}

export function useIsLive(): boolean {
  return useContext(ConnectionContext).isLive;
}

/** Returns the numbers that exist in several contexts, and are shown with their context. */
export function useRepeatedNumbers(): ReadonlySet<string> {
  return useContext(RepeatedNumbersContext);
}

/** Returns the context where another extension has the same number, else null. */
export function useDisambiguatingContext(extension: Extension | undefined): string | null {
  const repeated = useRepeatedNumbers();
  return extension !== undefined && repeated.has(extension.exten) ? extension.context : null;
}

/** Renders only when this extension changes. */
export function useExtension(id: string): Extension | undefined {
  return useLiveState((state) => state.board?.extensions.get(id));
}

/**
 * Returns what `derive` makes of the gateway's clock, in milliseconds since 1970; renders only when that changes. The
 * clock stops while the board is not live.
 */
export function useClockValue<T extends string | number | boolean>(
  derive: ((now: number) => T | null) | null,
): T | null {
  const { store } = useLive();
  const clock = useClock();
  const { offlineSince: frozenAt } = useContext(ConnectionContext);
  return useSyncExternalStore(
    derive === null ? noSubscription : clock.subscribe,
    () => derive?.(frozenAt ?? clock.now() + store.getState().clockOffset) ?? null,
  );
}

const noSubscription = () => () => undefined;

/** Formats the duration since a time, live. */
export function useDuration(since: number | null, format: (ms: number) => string): string | null {
  return useClockValue(since === null ? null : (now) => format(Math.max(0, now - since)));
}

/** Formats a timestamp of the gateway's clock by the browser's clock. */
export function useLocalTime(
  timestamp: number | null,
  format: (timestamp: number, now: number) => string,
): string | null {
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  return timestamp === null ? null : format(timestamp - offset, clock.now());
}

/** Formats since when the board is not live; null while it is live. */
export function useOfflineSince(format: (timestamp: number, now: number) => string): string | null {
  return useLocalTime(useContext(ConnectionContext).offlineSince, format);
}

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
