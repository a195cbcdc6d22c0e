import {
  type ReturnTime,
  type Extension,
  type Presence,
  type SettableState,
  pbxIdOfExtension,
} from '@lampboard/protocol';

/** A return time at which the gateway replaces `presence` by `thenState`. */
export interface ScheduledReturn {
  readonly id: string;
  readonly provider: string;
  readonly presence: Presence;
  readonly returnTime: ReturnTime;
  readonly thenState: SettableState;
  /** The account that set it. */
  readonly actorName: string;
  readonly accountId?: number | undefined;
  /** Milliseconds since 1970; null where unknown. */
  readonly setAt: number | null;
}

const UNKNOWN_ACTOR = { name: '', accountId: undefined };

/** Returns the return times with a next state, earliest first; one per presence provider of a PBX. */
export function scheduledReturns(extensions: Iterable<Extension>): readonly ScheduledReturn[] {
  const scheduled = new Map<string, ScheduledReturn>();
  for (const extension of extensions) {
    const { id, provider, presence, presenceSetBy, presenceSetAt: setAt, returnTime } = extension;
    const thenState = returnTime?.thenState ?? null;
    if (returnTime === null || thenState === null || provider === null || presence === null) continue;
    const { name: actorName, accountId } =
      presenceSetBy === null || presenceSetBy.kind === 'phone' ? UNKNOWN_ACTOR : presenceSetBy;
    scheduled.set(`${pbxIdOfExtension(extension)}/${provider}`, {
      id,
      provider,
      presence,
      returnTime,
      thenState,
      actorName,
      accountId,
      setAt,
    });
  }
  return [...scheduled.values()].toSorted((a, b) => a.returnTime.at - b.returnTime.at);
}

/** Returns the leading part of `scheduled` (sorted by time) that is due at `now`, in milliseconds since 1970. */
export function dueReturnTimes(
  scheduled: readonly ScheduledReturn[],
  now: number,
): readonly ScheduledReturn[] {
  const firstPending = scheduled.findIndex(({ returnTime }) => returnTime.at > now);
  return firstPending === -1 ? scheduled : scheduled.slice(0, firstPending);
}
