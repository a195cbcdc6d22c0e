import type { HistoryEntry } from '@lampboard/protocol';

/** From `since` to `until` Asterisk was followed; milliseconds since 1970, `until` infinite where it still is. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

type Mark =
  | { readonly at: number; readonly kind: 'lost' | 'followed' }
  | { readonly at: number; readonly kind: 'entry'; readonly entry: HistoryEntry };

/**
 * What one extension was between `from` and `to`, the oldest first. Entries and spans come in the order in which they were
 * recorded. Where Asterisk was not followed the lamp is `unknown`; what a person says stands until another is heard of.
 */
export function timeline({
  entries,
  followed,
  from,
  to,
}: {
  entries: readonly HistoryEntry[];
  followed: readonly Span[];
  from: number;
  to: number;
}): HistoryEntry[] {
  // Of what happens at one moment the end of a span comes first, and what was recorded last counts.
  const marks: readonly Mark[] = [
    ...spansInOrder(followed, to).flatMap(marksOf),
    ...entriesInOrder(entries, to).map((entry) => ({ at: entry.at, kind: 'entry', entry }) as const),
  ].toSorted((a, b) => a.at - b.at);
  const steps: HistoryEntry[] = [];
  let isFollowed = false;
  let last: HistoryEntry | null = null;
  for (const mark of marks) {
    if (mark.kind === 'entry') last = mark.entry;
    else isFollowed = mark.kind === 'followed';
    if (last !== null) steps.push({ ...last, at: mark.at, lamp: isFollowed ? last.lamp : 'unknown' });
  }
  return withoutRepeats(clipped(steps, from));
}

function marksOf({ since, until }: Span): readonly Mark[] {
  if (since >= until) return [];
  const followed: Mark = { at: since, kind: 'followed' };
  return until === Number.POSITIVE_INFINITY ? [followed] : [{ at: until, kind: 'lost' }, followed];
}

/** Where a clock was set back, what was recorded before ends where what came after begins, and never the other way round. */
function entriesInOrder(entries: readonly HistoryEntry[], to: number): HistoryEntry[] {
  let end = to;
  return entries
    .toReversed()
    .map((entry) => {
      end = Math.min(end, entry.at);
      return { ...entry, at: end };
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
  const before = steps.findLast(({ at }) => at <= from);
  const after = steps.filter(({ at }) => at > from);
  return before === undefined ? after : [{ ...before, at: from }, ...after];
}

function withoutRepeats(steps: readonly HistoryEntry[]): HistoryEntry[] {
  const kept: HistoryEntry[] = [];
  for (const step of steps) {
    if (kept.at(-1)?.at === step.at) kept.pop();
    const before = kept.at(-1);
    if (before?.lamp !== step.lamp || before.presence !== step.presence) kept.push(step);
  }
  return kept;
}
