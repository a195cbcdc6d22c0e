import type { HistoryEntry } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { joinEntries, timeline } from './timeline.ts';

const entry = (
  startedAt: number,
  lamp: HistoryEntry['lamp'],
  presence: HistoryEntry['presence'] = 'available',
) => ({ startedAt, lamp, presence });
const STILL = Number.POSITIVE_INFINITY;

it('[HI1] lists states, oldest first, from the state at the start on', () => {
  const entries = [entry(5, 'idle'), entry(8, 'ringing'), entry(20, 'in-use'), entry(30, 'in-use', 'away')];
  const coverage = [{ since: 0, until: STILL }];
  expect(timeline({ entries, coverage, from: 10, to: 40 })).toEqual([
    entry(10, 'ringing'),
    entry(20, 'in-use'),
    entry(30, 'in-use', 'away'),
  ]);
});

it('[HI1] begins later if the state at the start is unknown', () => {
  const coverage = [{ since: 15, until: STILL }];
  expect(timeline({ entries: [entry(15, 'idle')], coverage, from: 10, to: 40 })).toEqual([entry(15, 'idle')]);
  expect(timeline({ entries: [], coverage, from: 10, to: 40 })).toEqual([]);
});

it('[HI2] the lamp is unknown while Asterisk was not followed, and the presence stays', () => {
  const entries = [entry(0, 'idle'), entry(30, 'ringing'), entry(60, 'ringing', 'away')];
  const coverage = [
    { since: 0, until: 10 },
    { since: 20, until: 40 },
    { since: 60, until: STILL },
  ];
  expect(timeline({ entries, coverage, from: 5, to: 90 })).toEqual([
    entry(5, 'idle'),
    entry(10, 'unknown'),
    entry(20, 'idle'),
    entry(30, 'ringing'),
    entry(40, 'unknown'),
    entry(60, 'ringing', 'away'),
  ]);
});

it('[HI2] an outage at the start or the end is one state', () => {
  const coverage = [
    { since: 0, until: 10 },
    { since: 20, until: 30 },
  ];
  expect(timeline({ entries: [entry(0, 'idle')], coverage, from: 15, to: 90 })).toEqual([
    entry(15, 'unknown'),
    entry(20, 'idle'),
    entry(30, 'unknown'),
  ]);
});

it('[HI1] states without duration are left out', () => {
  const entries = [entry(0, 'idle'), entry(5, 'ringing'), entry(5, 'idle'), entry(7, 'idle')];
  const coverage = [
    { since: 0, until: 6 },
    { since: 6, until: 6 },
    { since: 6, until: STILL },
  ];
  expect(timeline({ entries, coverage, from: 0, to: 9 })).toEqual([entry(0, 'idle')]);
});

it('[HI1] a clock that was set back leaves all in order, and nothing in the future', () => {
  const entries = [entry(10, 'idle'), entry(900, 'ringing'), entry(20, 'in-use'), entry(30, 'on-hold')];
  const coverage = [
    { since: 0, until: 950 },
    { since: 15, until: STILL },
  ];
  expect(timeline({ entries, coverage, from: 0, to: 25 })).toEqual([
    entry(10, 'idle'),
    entry(20, 'in-use'),
    entry(25, 'on-hold'),
  ]);
});

const absent = (startedAt: number) => entry(startedAt, 'unknown', null);

it('[KN8] an extension known by another of its numbers for a while has one history', () => {
  const main = [entry(20, 'ringing'), entry(30, 'idle'), absent(50), entry(70, 'busy')];
  const other = [entry(5, 'idle'), absent(20), entry(50, 'in-use'), absent(70)];
  const entries = joinEntries([main, other]);
  const coverage = [{ since: 0, until: STILL }];
  expect(timeline({ entries, coverage, from: 0, to: 80 })).toEqual([
    entry(5, 'idle'),
    entry(20, 'ringing'),
    entry(30, 'idle'),
    entry(50, 'in-use'),
    entry(70, 'busy'),
  ]);
});

it('[KN8] of two numbers that were both on the board, the history is the first one’s', () => {
  const main = [entry(10, 'idle'), entry(20, 'ringing')];
  const other = [entry(5, 'idle', null), entry(21, 'ringing', null)];
  expect(joinEntries([main, other])).toEqual([entry(5, 'idle', null), ...main, entry(21, 'ringing')]);
  expect(joinEntries([main, []])).toBe(main);
  expect(joinEntries([[], []])).toEqual([]);
});
