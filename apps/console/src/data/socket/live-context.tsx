import {
  useSyncExternalStore,
  type ReactNode,
  createContext,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import { resolveId } from '@lampboard/model';
import { type Call, type Extension, pbxIdOf } from '@lampboard/protocol';
import { type StoreApi, createStore, useStore } from 'zustand';
import { type Distinction, type Distinctions, createDistinctions } from './distinctions.ts';
import { dequal } from 'dequal';
import { type ThrottledExtensions, createThrottledExtensions } from './throttled-extensions.ts';
import type { Clock } from './clock.ts';
import type { LiveBoard } from './live-board.ts';
import {
  type LiveState,
  type Outages,
  type PbxNames,
  callOutagesOf,
  outageSince,
  outagesOf,
  pbxNamesOf,
} from './connection-state.ts';

const LiveContext = createContext<{
  live: LiveBoard;
  clock: Clock;
  throttledExtensions: ThrottledExtensions;
  outages: StoreApi<Outages>;
  callOutages: StoreApi<Outages>;
  pbxNames: StoreApi<PbxNames>;
} | null>(null);
/** Seldom changes, so its listeners need not read the board with every delta. */
function derive<T>({ store }: LiveBoard, select: (state: LiveState) => T): StoreApi<T> {
  const derived = createStore(() => select(store.getState()));
  store.subscribe((state) => {
    const next = select(state);
    if (!dequal(next, derived.getState())) derived.setState(next, true);
  });
  return derived;
}

const DistinctionsContext = createContext<Distinctions>(new Map());

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
    () => ({
      live,
      clock,
      throttledExtensions: createThrottledExtensions(live),
      outages: derive(live, outagesOf),
      callOutages: derive(live, callOutagesOf),
      pbxNames: derive(live, pbxNamesOf),
    }),
    [live, clock],
  );
  const pbxNames = useStore(value.pbxNames);
  const [findDistinctions] = useState(createDistinctions);
  const { throttledExtensions } = value;
  const distinctions = useSyncExternalStore(throttledExtensions.subscribe, () =>
    findDistinctions(throttledExtensions.extensions(), pbxNames),
  );
  return (
    <LiveContext value={value}>
      <DistinctionsContext value={distinctions}>{children}</DistinctionsContext>
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

/** Returns since when each PBX is not live. */
export const useOutages = (): Outages => useStore(useLiveContext().outages);

/** Returns since when the board, or the given extension on it, is not live; null while it is live. */
const useOutage = (id?: string): number | null =>
  useStore(useLiveContext().outages, (outages) => outageSince(outages, id));

/** True if all PBXs of the board, or that of the given extension, are live. */
export const useIsLive = (id?: string): boolean => useOutage(id) === null;

/** Returns the names of several PBXs, by id; empty where there is one. */
export const usePbxNames = (): PbxNames => useStore(useLiveContext().pbxNames);

/** Returns the name of an extension's PBX; null where there is one. */
export function usePbxNameOf(): (id: string) => string | null {
  const names = usePbxNames();
  return useCallback((id) => names.get(pbxIdOf(id, names.keys()))?.name ?? null, [names]);
}

/** Returns what tells extensions apart whose number another one has too. */
export const useDistinctions = (): Distinctions => useContext(DistinctionsContext);

/** Returns what tells an extension from others with its number; null where it is the only one. */
export function useDistinction(id: string): Distinction | null {
  return useDistinctions().get(id) ?? null;
}

/** Returns the id of the entry with this number. */
export const useEntryId = (id: string | null): string | null =>
  useLiveState(({ aliases }) => (id === null ? null : resolveId(aliases, id)));

export const useExtension = (id: string): Extension | undefined =>
  useLiveState((state) => state.board?.extensions.get(id));

/** Returns since when the calls of a line's PBX are not live; null while they are. */
const useCallOutage = (callId: string): number | null =>
  useStore(useLiveContext().callOutages, (outages) => outageSince(outages, callId));

/** True if the calls of a line's PBX are live. */
export const useIsCallLive = (callId: string): boolean => useCallOutage(callId) === null;

type DeriveFromClock<T> = ((now: number) => T | null) | null;

const NO_LINES: readonly Call[] = [];

/** Returns the lines of an extension, the one in use first; renders only when they change. */
export const useCalls = (id: string): readonly Call[] =>
  useLiveState(({ callsByExtension }) => callsByExtension.get(id) ?? NO_LINES);

/** Derives a value from the gateway's clock, in ms since 1970, which stops while the board, or the extension, is not live. */
export const useClockValue = <T extends string | number | boolean>(
  derive: DeriveFromClock<T>,
  id?: string,
): T | null => useStoppedClock(derive, useOutage(id));

/** Derives a value from the gateway's clock, in ms since 1970, which stops while the line's calls are not live. */
export const useCallClockValue = <T extends string | number | boolean>(
  derive: DeriveFromClock<T>,
  callId: string,
): T | null => useStoppedClock(derive, useCallOutage(callId));

function useStoppedClock<T extends string | number | boolean>(
  derive: DeriveFromClock<T>,
  frozenAt: number | null,
): T | null {
  const { store } = useLive();
  const clock = useClock();
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

/** Formats since when the extension is not live; null while it is live. */
export const useOfflineSince = (
  format: (timestamp: number, now: number) => string,
  id: string,
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
