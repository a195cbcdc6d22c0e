import { useCallback, useMemo } from 'react';
import { isFree } from '@lampboard/model';
import type { Extension, PresenceState } from '@lampboard/protocol';
import { isLine } from '../../entities/kind/kinds.ts';
import { outageSince } from '../../data/socket/connection-state.ts';
import { useOutages } from '../../data/socket/live-context.tsx';
import { usePreference } from '../../data/preferences/settings-context.tsx';
import { type Extensions, memoizeLast, useClockedBoardValue } from '../../data/socket/use-board-value.ts';
import { type Freed, useFreed, useOpenedIds } from './desk-session.tsx';

const DUE_WITHIN_MS = 60 * 60_000;
const AWAY: readonly PresenceState[] = ['away', 'xa', 'unavailable'];

/** A person with a return time, in milliseconds since 1970. */
export interface Returning {
  readonly id: string;
  readonly returnAt: number;
}

/** Those that the desk waits for; `freeSince`: by the gateway's clock. */
export interface Awaited {
  readonly id: string;
  readonly freeSince: number | null;
}

/** The parts that do not depend on the time. */
interface Absences {
  /** By time. */
  readonly returning: readonly Returning[];
  /** People who are away. */
  readonly awayCount: number;
}

function absencesOf(extensions: Extensions): Absences {
  const returning: Returning[] = [];
  let awayCount = 0;
  for (const extension of extensions.values()) {
    const { id, kind, presence, returnTime } = extension;
    if (presence === null || isLine(extension)) continue;
    if (returnTime !== null) returning.push({ id, returnAt: returnTime.at });
    if (kind === 'person' && AWAY.includes(presence.state)) awayCount += 1;
  }
  return {
    returning: returning.toSorted((a, b) => a.returnAt - b.returnAt || (a.id < b.id ? -1 : 1)),
    awayCount,
  };
}

/** Sorts return times by their distance from now; `nowOf`: the gateway's clock, which stops where a PBX is not live. */
function returnsAt({ returning, awayCount }: Absences, nowOf: (id: string) => number, now: number) {
  const late = returning.filter(({ id, returnAt }) => returnAt <= nowOf(id));
  const ahead = returning.filter(({ id, returnAt }) => returnAt > nowOf(id));
  const endOfDay = new Date(now).setHours(24, 0, 0, 0);
  return {
    /** The longest first. */
    late,
    due: ahead.filter(({ id, returnAt }) => returnAt <= nowOf(id) + DUE_WITHIN_MS),
    today: { away: awayCount, dueToday: ahead.filter(({ returnAt }) => returnAt < endOfDay).length },
  };
}

/** Returns those waited for that are on the board, the free ones first. */
function awaitedOf(
  extensions: Extensions,
  watchedIds: readonly string[],
  freed: readonly Freed[],
): readonly Awaited[] {
  const isFreeNow = ({ id }: Freed) => isKnownFree(extensions.get(id));
  const known = (id: string) => extensions.has(id);
  return [
    ...freed.filter(isFreeNow).map(({ id, since }) => ({ id, freeSince: since })),
    ...freed
      .filter((entry) => known(entry.id) && !isFreeNow(entry))
      .map(({ id }) => ({ id, freeSince: null })),
    ...watchedIds.filter(known).map((id) => ({ id, freeSince: null })),
  ];
}

const isKnownFree = (extension: Extension | undefined): boolean =>
  extension !== undefined && isFree(extension);

/** Returns the parts of the desk that come from the board. Costs one pass over it for each throttled update. */
export function useDeskParts() {
  const outages = useOutages();
  const watchedIds = usePreference('watchedExtensions');
  const freed = useFreed(watchedIds);
  const openedIds = useOpenedIds();
  const absences = useMemo(() => memoizeLast(absencesOf), []);
  const select = useCallback(
    (extensions: Extensions, now: number) => {
      const areAllLive = [...outages.values()].every((since) => since === null);
      const nowOf = (id: string) => (areAllLive ? now : (outageSince(outages, id) ?? now));
      return {
        ...returnsAt(absences(extensions), nowOf, now),
        awaited: awaitedOf(extensions, watchedIds, freed),
        opened: openedIds.filter((id) => extensions.has(id)),
      };
    },
    [outages, absences, watchedIds, freed, openedIds],
  );
  return useClockedBoardValue(select, true);
}
