import { type BoardFilter, NO_FILTER, type PresenceState } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { fitsFilter, isFiltered } from './filter.ts';
import { boardRow } from './testing/board-row.ts';

const says = (state: PresenceState) => ({ state, subtype: '', message: '' });
const ROWS = [
  boardRow('1'),
  boardRow('2', { lamp: 'in-use', presence: says('away') }),
  boardRow('3', { lamp: 'ringing', presence: says('away'), back: { at: 1000, next: null } }),
  boardRow('4', { lamp: 'unavailable' }),
  boardRow('5', { provider: null, presence: null }),
];
const left = (filter: Partial<BoardFilter>, now = 0) =>
  ROWS.filter((row) => fitsFilter(row, { ...NO_FILTER, ...filter }, now)).map(({ exten }) => exten);

it.each<[string, Partial<BoardFilter>, string[]]>([
  ['nothing', {}, ['1', '2', '3', '4', '5']],
  ['any of the lamps', { lamps: ['in-use', 'ringing'] }, ['2', '3']],
  ['any of the presences', { presences: ['away', 'dnd'] }, ['2', '3']],
  ['a lamp and a presence', { lamps: ['idle', 'ringing'], presences: ['away'] }, ['3']],
  ['who can be reached', { show: 'reachable' }, ['1']],
  ['who can be reached and says so', { show: 'reachable', presences: ['available'] }, ['1']],
  ['who is on the phone', { show: 'on-the-phone' }, ['2']],
  ['what contradicts itself', { show: 'contradictory' }, ['2', '4']],
])('[GR5] a filter asks for %s', (_, filter, extens) => {
  expect(left(filter)).toEqual(extens);
  expect(isFiltered({ ...NO_FILTER, ...filter })).toBe(extens.length < ROWS.length);
});

it('[GR5] somebody is late from the moment on that was said', () => {
  expect(left({ show: 'overdue' }, 999)).toEqual([]);
  expect(left({ show: 'overdue' }, 1000)).toEqual(['3']);
});
