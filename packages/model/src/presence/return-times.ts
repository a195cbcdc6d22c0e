import type { ReturnTime, Extension, Presence, SettableState } from '@lampboard/protocol';

/** Somebody will be back, and `next` is to be set by itself, in place of the presence that the return time was set with. */
export interface ScheduledReturn {
  readonly id: string;
  readonly provider: string;
  readonly presence: Presence;
  readonly returnTime: ReturnTime;
  readonly thenState: SettableState;
  /** The account that planned it. */
  readonly actorName: string;
  readonly accountId?: number | undefined;
  /** When that was, in milliseconds since 1970; null where it is not known. */
  readonly setAt: number | null;
}

const UNKNOWN_ACTOR = { name: '', accountId: undefined };

/** The returns that something is to follow, the earliest first; one for each presence provider. */
export function scheduledReturns(extensions: Iterable<Extension>): readonly ScheduledReturn[] {
  const scheduled = new Map<string, ScheduledReturn>();
  for (const {
    id,
    provider,
    presence,
    presenceSetBy: presenceBy,
    presenceSetAt: setAt,
    returnTime,
  } of extensions) {
    if (returnTime === null || returnTime.thenState === null || provider === null || presence === null)
      continue;
    const { name: actorName, accountId } =
      presenceBy === null || presenceBy.kind === 'phone' ? UNKNOWN_ACTOR : presenceBy;
    scheduled.set(provider, {
      id,
      provider,
      presence,
      returnTime,
      thenState: returnTime.thenState,
      actorName,
      accountId,
      setAt,
    });
  }
  return [...scheduled.values()].toSorted((a, b) => a.returnTime.at - b.returnTime.at);
}

/** Of returns, the earliest first, those whose time has come at `now`, in milliseconds since 1970. */
export function dueReturnTimes(
  scheduled: readonly ScheduledReturn[],
  now: number,
): readonly ScheduledReturn[] {
  const firstPending = scheduled.findIndex(({ returnTime }) => returnTime.at > now);
  return firstPending === -1 ? scheduled : scheduled.slice(0, firstPending);
}
