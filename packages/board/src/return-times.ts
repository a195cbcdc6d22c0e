import type { Back, ExtensionRow, Presence, SettableState } from '@lampboard/protocol';

/** Somebody will be back, and `next` is to be set by itself, in place of the presence that the return time was set with. */
export interface PlannedReturn {
  readonly id: string;
  readonly provider: string;
  readonly presence: Presence;
  readonly back: Back;
  readonly next: SettableState;
  /** The account that planned it. */
  readonly by: string;
  readonly accountId?: number | undefined;
  /** When that was, in milliseconds since 1970; null where it is not known. */
  readonly since: number | null;
}

const NOBODY = { name: '', accountId: undefined };

/** The returns that something is to follow, the earliest first; one for each presence provider. */
export function plannedReturns(rows: Iterable<ExtensionRow>): readonly PlannedReturn[] {
  const planned = new Map<string, PlannedReturn>();
  for (const { id, provider, presence, presenceBy, presenceSince: since, back } of rows) {
    if (back === null || back.next === null || provider === null || presence === null) continue;
    const { name: by, accountId } =
      presenceBy === null || presenceBy.kind === 'telephone' ? NOBODY : presenceBy;
    planned.set(provider, { id, provider, presence, back, next: back.next, by, accountId, since });
  }
  return [...planned.values()].toSorted((a, b) => a.back.at - b.back.at);
}

/** Of returns, the earliest first, those whose time has come at `now`, in milliseconds since 1970. */
export function dueReturns(planned: readonly PlannedReturn[], now: number): readonly PlannedReturn[] {
  const next = planned.findIndex(({ back }) => back.at > now);
  return next === -1 ? planned : planned.slice(0, next);
}
