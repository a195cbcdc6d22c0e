import { isCall as isCallLamp } from '@lampboard/board';
import type { History, HistoryEntry, Lamp, PresenceState } from '@lampboard/protocol';

const HOUR = 3_600_000;

/** Null where nobody followed Asterisk. */
interface Was {
  readonly lamp: Lamp | null;
  readonly presence: PresenceState | null;
}

/** It was so from `from` until `to`, in milliseconds since 1970. */
export interface Span extends Was {
  readonly from: number;
  readonly to: number;
}

/** One day of the local time zone; the spans follow each other without a gap. */
export interface Day {
  readonly start: number;
  readonly spans: readonly Span[];
}

/** The days of a history, the latest first, up to `now`; days of which nothing is known are left out. */
export function daysOf({ from, keepDays, entries }: History, now: number): readonly Day[] {
  const days: Day[] = [];
  for (let ago = 0; ago <= keepDays && hourOf(now, 0, -ago + 1) > from; ago += 1) {
    const start = hourOf(now, 0, -ago);
    const end = Math.min(hourOf(now, 0, 1 - ago), now);
    const spans = spansOf(entries, Math.max(start, from), end);
    if (spans.some(({ lamp }) => lamp !== null)) days.push({ start, spans });
  }
  return days;
}

/** An hour of the day of `at`, or so many days later. */
export function hourOf(at: number, hour: number, days = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}

function wasOf({ lamp, presence }: HistoryEntry): Was {
  return lamp === 'unknown' ? { lamp: null, presence: null } : { lamp, presence };
}

function spansOf(entries: readonly HistoryEntry[], from: number, to: number): readonly Span[] {
  return entries.flatMap((entry, place) => {
    const span = {
      ...wasOf(entry),
      from: Math.max(entry.at, from),
      to: Math.min(entries[place + 1]?.at ?? to, to),
    };
    return span.to > span.from ? [span] : [];
  });
}

/** The same spans with those made one that follow each other and are alike. */
export function joined(spans: readonly Span[], like: (a: Span, b: Span) => boolean): readonly Span[] {
  const longer: Span[] = [];
  for (const span of spans) {
    const last = longer.at(-1);
    if (last !== undefined && like(last, span)) longer[longer.length - 1] = { ...last, to: span.to };
    else longer.push(span);
  }
  return longer;
}

/** Calls, and how many milliseconds they took; ringing is none yet. */
export function callsOf({ spans }: Day): { readonly count: number; readonly ms: number } {
  const isCall = ({ lamp }: Span) => isCallLamp(lamp);
  const calls = joined(spans, (a, b) => isCall(a) === isCall(b)).filter(isCall);
  return { count: calls.length, ms: calls.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/** Hours of the day that are drawn, the same for all days. */
export interface Axis {
  readonly first: number;
  readonly last: number;
}

const WORKING_DAY: Axis = { first: 7, last: 19 };

/** The working day, whatever happened outside of it, and this very hour. */
export function axisOf(days: readonly Day[]): Axis {
  const isQuiet = ({ lamp }: Span) => lamp === null || lamp === 'idle' || lamp === 'unavailable';
  const hours = days.flatMap(({ start, spans }, ago) =>
    spans
      .filter((span, place) => !isQuiet(span) || (ago === 0 && place === spans.length - 1))
      .map((span) => ({
        first: Math.floor(((isQuiet(span) ? span.to : span.from) - start) / HOUR),
        last: Math.ceil((span.to - start) / HOUR),
      })),
  );
  return {
    first: Math.min(WORKING_DAY.first, ...hours.map(({ first }) => first)),
    last: Math.min(24, Math.max(WORKING_DAY.last, ...hours.map(({ last }) => last))),
  };
}
