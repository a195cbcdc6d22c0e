import { createRepeatedNumbers } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { type CalmRows, createCalmRows } from './calm-rows.ts';
import type { Clock } from './clock.ts';
import type { Live } from './create-live.ts';
import { type LiveState, downSince, isLive } from './live-state.ts';

interface LiveProviderProps {
  live: Live;
  clock: Clock;
  children: ReactNode;
}

interface LiveContextValue {
  readonly live: Live;
  readonly clock: Clock;
  readonly calmRows: CalmRows;
}

/** What is so for the whole board, and seldom changes: the tiles do not each ask the store for it with every frame. */
interface LinkContextValue {
  readonly isLive: boolean;
  readonly downSince: number | null;
}

const LiveContext = createContext<LiveContextValue | null>(null);
const LinkContext = createContext<LinkContextValue>({ isLive: false, downSince: null });
const RepeatedNumbersContext = createContext<ReadonlySet<string>>(new Set());

export function LiveProvider({ live, clock, children }: LiveProviderProps) {
  const value = useMemo(() => ({ live, clock, calmRows: createCalmRows(live) }), [live, clock]);
  const [findRepeated] = useState(createRepeatedNumbers);
  const { calmRows } = value;
  const repeated = useSyncExternalStore(calmRows.subscribe, () => findRepeated(calmRows.rows()));
  const isLiveNow = useStore(live.store, isLive);
  const since = useStore(live.store, downSince);
  const link = useMemo(() => ({ isLive: isLiveNow, downSince: since }), [isLiveNow, since]);
  return (
    <LiveContext value={value}>
      <LinkContext value={link}>
        <RepeatedNumbersContext value={repeated}>{children}</RepeatedNumbersContext>
      </LinkContext>
    </LiveContext>
  );
}

function useLiveContext(): LiveContextValue {
  const value = useContext(LiveContext);
  if (value === null) throw new Error('LiveProvider is missing');
  return value;
}

/** The commands of the live board, and its store for reading once. */
export function useLive(): Live {
  return useLiveContext().live;
}

/** The board for what is made of all of it. */
export function useCalmRows(): CalmRows {
  return useLiveContext().calmRows;
}

/** The clock of the page, for reading and waiting. */
export function useClock(): Clock {
  return useLiveContext().clock;
}

export function useLiveState<T>(selector: (state: LiveState) => T): T {
  return useStore(useLive().store, selector);
}

export function useIsLive(): boolean {
  return useContext(LinkContext).isLive;
}

/** The numbers that several contexts have; where one of them is shown or told, its context is too. */
export function useRepeatedNumbers(): ReadonlySet<string> {
  return useContext(RepeatedNumbersContext);
}

/** The context of an extension where another one has the same number; null where the number says it. */
export function useTellingContext(row: ExtensionRow | undefined): string | null {
  const repeated = useRepeatedNumbers();
  return row !== undefined && repeated.has(row.exten) ? row.context : null;
}

/** One row: who uses it renders anew only when this row changes. */
export function useRow(id: string): ExtensionRow | undefined {
  return useLiveState((state) => state.board?.rows.get(id));
}

/**
 * What the time decides, such as a text that tells how long: `derive` gets now by the gateway's clock, in milliseconds
 * since 1970, and who uses it renders anew only when the value changes; null where there is nothing to derive. While the
 * link is down the time stands still at the moment it was lost: nobody knows whether what was so went on.
 */
export function useTimed<T extends string | number | boolean>(
  derive: ((now: number) => T | null) | null,
): T | null {
  const { store } = useLive();
  const clock = useClock();
  const { downSince: stoodStillAt } = useContext(LinkContext);
  return useSyncExternalStore(
    derive === null ? neverChanges : clock.subscribe,
    () => derive?.(stoodStillAt ?? clock.now() + store.getState().clockOffset) ?? null,
  );
}

const neverChanges = () => () => undefined;

/** How long something has been so, as text. */
export function useDuration(since: number | null, format: (ms: number) => string): string | null {
  return useTimed(since === null ? null : (now) => format(Math.max(0, now - since)));
}

/** A moment of the gateway's clock, in milliseconds since 1970, by this browser's clock, as text. */
export function useMoment(at: number | null, format: (at: number, now: number) => string): string | null {
  const clock = useClock();
  const offset = useLiveState((state) => state.clockOffset);
  return at === null ? null : format(at - offset, clock.now());
}

/** Since when the board is not live, as text; null while it is. */
export function useDownClock(format: (at: number, now: number) => string): string | null {
  return useMoment(useContext(LinkContext).downSince, format);
}
