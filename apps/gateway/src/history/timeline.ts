import type { HistoryEntry } from '@lampboard/protocol';

/** From `since` to `until` Asterisk was followed; milliseconds since 1970, `until` infinite where it still is. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

type TimelineEvent =
  | { readonly timestamp: number; readonly kind: 'lost' | 'followed' }
  | { readonly timestamp: number; readonly kind: 'entry'; readonly entry: HistoryEntry };

/**
 * What one extension was between `from` and `to`, the oldest first. Entries and spans come in the order in which they were
 * recorded. Where Asterisk was not followed the lamp is `unknown`; what a person says stands until another is heard of.
 */
export function timeline({
  entries,
  coverage,
  from,
  to,
}: {
  entries: readonly HistoryEntry[];
  coverage: readonly Span[];
  from: number;
  to: number;
}): HistoryEntry[] {
  // Of what happens at one moment the end of a span comes first, and what was recorded last counts.
  const events: readonly TimelineEvent[] = [
    ...spansInOrder(coverage, to).flatMap(eventsOf),
    ...entriesInOrder(entries, to).map(
      (entry) => ({ timestamp: entry.startedAt, kind: 'entry', entry }) as const,
    ),
  ].toSorted((a, b) => a.timestamp - b.timestamp);
  const steps: HistoryEntry[] = [];
  let isFollowed = false;
  let last: HistoryEntry | null = null;
  for (const event of events) {
    if (event.kind === 'entry') last = event.entry;
    else isFollowed = event.kind === 'followed';
    if (last !== null)
      steps.push({ ...last, startedAt: event.timestamp, lamp: isFollowed ? last.lamp : 'unknown' });
  }
  return deduplicate(clipped(steps, from));
}

function eventsOf({ since, until }: Span): readonly TimelineEvent[] {
  if (since >= until) return [];
  const start: TimelineEvent = { timestamp: since, kind: 'followed' };
  return until === Number.POSITIVE_INFINITY ? [start] : [{ timestamp: until, kind: 'lost' }, start];
}

/** Where a clock was set back, what was recorded before ends where what came after begins, and never the other way round. */
function entriesInOrder(entries: readonly HistoryEntry[], to: number): HistoryEntry[] {
  let end = to;
  return entries
    .toReversed()
    .map((entry) => {
      end = Math.min(end, entry.startedAt);
      return { ...entry, startedAt: end };
    })
    .toReversed();
}

function spansInOrder(spans: readonly Span[], to: number): Span[] {
  let end = to;
  return spans
    .toReversed()
    .map(({ since, until }) => {
      const span = {
        since: Math.min(end, since),
        until: until === Number.POSITIVE_INFINITY ? until : Math.min(end, until),
      };
      end = span.since;
      return span;
    })
    .toReversed();
}

function clipped(steps: readonly HistoryEntry[], from: number): HistoryEntry[] {
  const before = steps.findLast(({ startedAt }) => startedAt <= from);
  const after = steps.filter(({ startedAt }) => startedAt > from);
  return before === undefined ? after : [{ ...before, startedAt: from }, ...after];
}

function deduplicate(steps: readonly HistoryEntry[]): HistoryEntry[] {
  const result: HistoryEntry[] = [];
  for (const step of steps) {
    if (result.at(-1)?.startedAt === step.startedAt) result.pop();
    const before = result.at(-1);
    if (before?.lamp !== step.lamp || before.presence !== step.presence) result.push(step);
  }
  return result;
}
