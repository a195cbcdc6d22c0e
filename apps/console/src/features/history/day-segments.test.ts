import { isCallLamp } from '@lampboard/model';
import type { History, HistoryEntry } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { hourRangeOf, dayStats, toDays, startOfHour, mergeAdjacent } from './day-segments.ts';

const MINUTE = 60_000;
/** On 20 November, in local time. */
const timeAt = (day: number, hour: number, minute = 0) => new Date(2026, 9, day, hour, minute).getTime();
const entry = (
  when: number,
  lamp: HistoryEntry['lamp'],
  presence: HistoryEntry['presence'] = 'available',
) => ({
  startedAt: when,
  lamp,
  presence,
});
const history = (from: number, entries: readonly HistoryEntry[]): History => ({
  from,
  retentionDays: 7,
  entries,
});
const NOW = timeAt(20, 10, 42);

it('[HI5] splits days in local time, today first, and segments at midnight', () => {
  const days = toDays(
    history(timeAt(18, 12), [
      entry(timeAt(18, 12), 'idle'),
      entry(timeAt(19, 23), 'in-use'),
      entry(timeAt(20, 1), 'idle'),
    ]),
    NOW,
  );
  expect(days.map(({ start }) => start)).toEqual([timeAt(20, 0), timeAt(19, 0), timeAt(18, 0)]);
  expect(days[0]?.segments).toEqual([
    { from: timeAt(20, 0), to: timeAt(20, 1), lamp: 'in-use', presence: 'available' },
    { from: timeAt(20, 1), to: NOW, lamp: 'idle', presence: 'available' },
  ]);
  expect(days[1]?.segments.at(-1)).toMatchObject({ from: timeAt(19, 23), to: timeAt(20, 0) });
});

it('[HI5] lamp and presence are unknown while Asterisk was not followed; such days are left out', () => {
  const days = toDays(
    history(timeAt(18, 0), [entry(timeAt(18, 0), 'unknown', 'away'), entry(timeAt(20, 9), 'idle', 'away')]),
    NOW,
  );
  expect(days).toHaveLength(1);
  expect(days[0]?.segments).toMatchObject([
    { lamp: null, presence: null, to: timeAt(20, 9) },
    { lamp: 'idle', presence: 'away', to: NOW },
  ]);
});

it('[HI5] counts a call from its start to its end, whatever else changes', () => {
  const [today] = toDays(
    history(timeAt(20, 8), [
      entry(timeAt(20, 8), 'ringing'),
      entry(timeAt(20, 8, 1), 'in-use'),
      entry(timeAt(20, 8, 3), 'in-use', 'dnd'),
      entry(timeAt(20, 8, 4), 'on-hold', 'dnd'),
      entry(timeAt(20, 8, 6), 'idle', 'dnd'),
      entry(timeAt(20, 9), 'in-use', 'dnd'),
      entry(timeAt(20, 9, 2), 'idle', 'dnd'),
    ]),
    NOW,
  );
  expect(today && dayStats(today, isCallLamp)).toEqual({ count: 2, ms: 7 * MINUTE });
  const same = today && mergeAdjacent(today.segments, (a, b) => a.presence === b.presence);
  expect(same?.map(({ presence }) => presence)).toEqual(['available', 'dnd']);
});

it('[HI5] all days have the same hours: the working day, activity outside it, and now', () => {
  const quiet = [entry(timeAt(19, 0), 'idle')];
  const hourRange = (entries: readonly HistoryEntry[], now = NOW) =>
    hourRangeOf(toDays(history(timeAt(19, 0), entries), now));
  expect(hourRange(quiet)).toEqual({ first: 7, last: 19 });
  expect(hourRange(quiet, timeAt(20, 5, 30))).toEqual({ first: 5, last: 19 });
  expect(hourRange(quiet, timeAt(20, 22, 30))).toEqual({ first: 7, last: 23 });
  expect(
    hourRange([...quiet, entry(timeAt(19, 6, 10), 'in-use'), entry(timeAt(19, 6, 20), 'idle')]),
  ).toMatchObject({
    first: 6,
  });
});

it('[HI5] uses wall-clock hours on a day with a clock change', () => {
  expect(new Date(startOfHour(timeAt(25, 0), 12)).getHours()).toBe(12);
});
