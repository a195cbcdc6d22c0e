import type { History, HistoryEntry } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { axisOf, callsOf, daysOf, hourOf, joined } from './days.ts';

const MINUTE = 60_000;
/** The 20th is today; hours are those on the wall. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 9, day, hour, minute).getTime();
const was = (when: number, lamp: HistoryEntry['lamp'], presence: HistoryEntry['presence'] = 'available') => ({
  at: when,
  lamp,
  presence,
});
const history = (from: number, entries: readonly HistoryEntry[]): History => ({ from, keepDays: 7, entries });
const NOW = at(20, 10, 42);

it('[HI5] days are those of the local time zone, today first, and what goes on over midnight is in both', () => {
  const days = daysOf(
    history(at(18, 12), [was(at(18, 12), 'idle'), was(at(19, 23), 'in-use'), was(at(20, 1), 'idle')]),
    NOW,
  );
  expect(days.map(({ start }) => start)).toEqual([at(20, 0), at(19, 0), at(18, 0)]);
  expect(days[0]?.spans).toEqual([
    { from: at(20, 0), to: at(20, 1), lamp: 'in-use', presence: 'available' },
    { from: at(20, 1), to: NOW, lamp: 'idle', presence: 'available' },
  ]);
  expect(days[1]?.spans.at(-1)).toMatchObject({ from: at(19, 23), to: at(20, 0) });
});

it('[HI5] where nobody followed Asterisk nothing is known, of the person neither, and such days are left out', () => {
  const days = daysOf(
    history(at(18, 0), [was(at(18, 0), 'unknown', 'away'), was(at(20, 9), 'idle', 'away')]),
    NOW,
  );
  expect(days).toHaveLength(1);
  expect(days[0]?.spans).toMatchObject([
    { lamp: null, presence: null, to: at(20, 9) },
    { lamp: 'idle', presence: 'away', to: NOW },
  ]);
});

it('[HI5] calls are counted from being on the phone to not being so, whatever else changes meanwhile', () => {
  const [today] = daysOf(
    history(at(20, 8), [
      was(at(20, 8), 'ringing'),
      was(at(20, 8, 1), 'in-use'),
      was(at(20, 8, 3), 'in-use', 'dnd'),
      was(at(20, 8, 4), 'on-hold', 'dnd'),
      was(at(20, 8, 6), 'idle', 'dnd'),
      was(at(20, 9), 'in-use', 'dnd'),
      was(at(20, 9, 2), 'idle', 'dnd'),
    ]),
    NOW,
  );
  expect(today && callsOf(today)).toEqual({ count: 2, ms: 7 * MINUTE });
  const same = today && joined(today.spans, (a, b) => a.presence === b.presence);
  expect(same?.map(({ presence }) => presence)).toEqual(['available', 'dnd']);
});

it('[HI5] all days are drawn over the same hours: the working day, what happened outside of it, and now', () => {
  const quiet = [was(at(19, 0), 'idle')];
  const axis = (entries: readonly HistoryEntry[], now = NOW) =>
    axisOf(daysOf(history(at(19, 0), entries), now));
  expect(axis(quiet)).toEqual({ first: 7, last: 19 });
  expect(axis(quiet, at(20, 5, 30))).toEqual({ first: 5, last: 19 });
  expect(axis(quiet, at(20, 22, 30))).toEqual({ first: 7, last: 23 });
  expect(axis([...quiet, was(at(19, 6, 10), 'in-use'), was(at(19, 6, 20), 'idle')])).toMatchObject({
    first: 6,
  });
});

it('[HI5] an hour of a day on which the clock changes is that on the wall', () => {
  expect(new Date(hourOf(at(25, 0), 12)).getHours()).toBe(12);
});
