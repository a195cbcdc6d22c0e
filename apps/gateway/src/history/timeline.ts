import type { HistoryEntry } from '@lampboard/protocol';

/** Time in which Asterisk was followed, in milliseconds since 1970; `until` is infinite for the open span. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

type TimelineEvent =
  | { readonly timestamp: number; readonly kind: 'lost' | 'followed' }
  | { readonly timestamp: number; readonly kind: 'entry'; readonly entry: HistoryEntry };

interface TimelineOptions {
  entries: readonly HistoryEntry[];
  coverage: readonly Span[];
  from: number;
  to: number;
}

/**
 * Returns one extension's states between `from` and `to`, oldest first, of entries and spans in recording order. Outside
 * of the spans the lamp is `unknown`; a presence lasts until the next entry.
 */
export function timeline({ entries, coverage, from, to }: TimelineOptions): HistoryEntry[] {
  // At equal times the stable sort keeps a span's end before the next one's start, and entries last.
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

/**
 * Returns the entries of an extension with several numbers, oldest first: at each time those of its first number on the board.
 * `histories` has the entries of each number.
 */
export function joinEntries(histories: readonly (readonly HistoryEntry[])[]): readonly HistoryEntry[] {
  const [only, ...others] = histories.filter((entries) => entries.length > 0);
  if (only === undefined || others.length === 0) return only ?? [];
  const inOrder = histories
    .flatMap((entries, index) => entries.map((entry) => ({ index, entry })))
    .toSorted((a, b) => a.entry.startedAt - b.entry.startedAt);
  const current = new Map<number, HistoryEntry>();
  return inOrder.map(({ index, entry }) => {
    current.set(index, entry);
    const first = histories.map((_, number) => current.get(number)).find(isPresent) ?? entry;
    return { ...first, startedAt: entry.startedAt };
  });
}

const isPresent = (entry: HistoryEntry | undefined) =>
  entry !== undefined && (entry.lamp !== 'unknown' || entry.presence !== null);

function eventsOf({ since, until }: Span): readonly TimelineEvent[] {
  if (since >= until) return [];
  const start: TimelineEvent = { timestamp: since, kind: 'followed' };
  return until === Number.POSITIVE_INFINITY ? [start] : [{ timestamp: until, kind: 'lost' }, start];
}

/** Limits each entry to the start of the next one, as the clock may have been set back. */
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
