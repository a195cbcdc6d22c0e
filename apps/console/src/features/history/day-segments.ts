import { CLOCK } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type EntryKind, lampLabel } from '../../entities/kind/kinds.ts';
import type { History, HistoryEntry, Lamp, PresenceState } from '@lampboard/protocol';

const HOUR = 3_600_000;

/** Null while Asterisk was not followed. */
interface ExtensionState {
  readonly lamp: Lamp | null;
  readonly presence: PresenceState | null;
}

/** Times in milliseconds since 1970. */
export interface Segment extends ExtensionState {
  readonly from: number;
  readonly to: number;
}

/** One day in local time; the segments are contiguous. */
export interface Day {
  readonly start: number;
  readonly segments: readonly Segment[];
}

/** Returns the days up to `now`, the latest first, without days that have no data. */
export function toDays({ from, retentionDays, entries }: History, now: number): readonly Day[] {
  const days: Day[] = [];
  for (let ago = 0; ago <= retentionDays && startOfHour(now, 0, -ago + 1) > from; ago += 1) {
    const start = startOfHour(now, 0, -ago);
    const end = Math.min(startOfHour(now, 0, 1 - ago), now);
    const segments = segmentsOf(entries, Math.max(start, from), end);
    if (segments.some(({ lamp }) => lamp !== null)) days.push({ start, segments });
  }
  return days;
}

/** Returns an hour of the day of `timestamp`, `days` later. */
export function startOfHour(timestamp: number, hour: number, days = 0): number {
  const date = new Date(timestamp);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}

function stateOf({ lamp, presence }: HistoryEntry): ExtensionState {
  return lamp === 'unknown' ? { lamp: null, presence: null } : { lamp, presence };
}

function segmentsOf(entries: readonly HistoryEntry[], from: number, to: number): readonly Segment[] {
  return entries.flatMap((entry, index) => {
    const segment = {
      ...stateOf(entry),
      from: Math.max(entry.startedAt, from),
      to: Math.min(entries[index + 1]?.startedAt ?? to, to),
    };
    return segment.to > segment.from ? [segment] : [];
  });
}

export function mergeAdjacent(
  segments: readonly Segment[],
  isSame: (a: Segment, b: Segment) => boolean,
): readonly Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const last = merged.at(-1);
    if (last !== undefined && isSame(last, segment)) merged[merged.length - 1] = { ...last, to: segment.to };
    else merged.push(segment);
  }
  return merged;
}

export interface DayStats {
  readonly count: number;
  readonly ms: number;
}

/** Counts the times of which `isCounted` is true of the lamp, and their milliseconds. */
export function dayStats({ segments }: Day, isCounted: (lamp: Lamp) => boolean): DayStats {
  const counts = ({ lamp }: Segment) => lamp !== null && isCounted(lamp);
  const counted = mergeAdjacent(segments, (a, b) => counts(a) === counts(b)).filter(counts);
  return { count: counted.length, ms: counted.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/** Hours of the day that are drawn; the same for all days. */
export interface HourRange {
  readonly first: number;
  readonly last: number;
}

const WORKING_DAY: HourRange = { first: 7, last: 19 };

/** Returns the working day, extended by activity outside it and by the current hour. */
export function hourRangeOf(days: readonly Day[]): HourRange {
  const isQuiet = ({ lamp }: Segment) => lamp === null || lamp === 'idle' || lamp === 'unavailable';
  const hours = days.flatMap(({ start, segments }, ago) =>
    segments
      .filter((segment, index) => !isQuiet(segment) || (ago === 0 && index === segments.length - 1))
      .map((segment) => ({
        first: Math.floor(((isQuiet(segment) ? segment.to : segment.from) - start) / HOUR),
        last: Math.ceil((segment.to - start) / HOUR),
      })),
  );
  return {
    first: Math.min(WORKING_DAY.first, ...hours.map(({ first }) => first)),
    last: Math.min(24, Math.max(WORKING_DAY.last, ...hours.map(({ last }) => last))),
  };
}

/** Returns lamp and presence in the words of the entry's kind. */
export function stateLabel(
  t: Translate,
  entry: EntryKind,
  { lamp, presence }: Pick<Segment, 'lamp' | 'presence'>,
): string {
  if (lamp === null) return t('lamp.unknown');
  const label = lampLabel(t, entry, lamp);
  return presence === null ? label : `${label} · ${t(`presence.${presence}`)}`;
}

/** Returns `10:12–10:19 · On a call · Available`. */
export function segmentLabel(t: Translate, entry: EntryKind, segment: Segment): string {
  const time = new Intl.DateTimeFormat(t.locale, CLOCK);
  return `${time.formatRange(segment.from, segment.to)} · ${stateLabel(t, entry, segment)}`;
}
