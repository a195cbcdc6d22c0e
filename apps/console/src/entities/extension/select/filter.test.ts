import { type BoardFilter, NO_FILTER } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { matchesFilter, isFilterActive } from './filter.ts';
import { presenceOf, testExtension } from '../../../testing/fixtures.ts';

const EXTENSIONS = [
  testExtension('1'),
  testExtension('2', { lamp: 'in-use', presence: presenceOf('away') }),
  testExtension('3', {
    lamp: 'ringing',
    presence: presenceOf('away'),
    returnTime: { at: 1000, thenState: null },
  }),
  testExtension('4', { lamp: 'unavailable' }),
  testExtension('5', { provider: null, presence: null }),
];
const matchingExtens = (filter: Partial<BoardFilter>, now = 0) =>
  EXTENSIONS.filter((extension) => matchesFilter(extension, { ...NO_FILTER, ...filter }, now)).map(
    ({ exten }) => exten,
  );

it.each<[string, Partial<BoardFilter>, string[]]>([
  ['everything', {}, ['1', '2', '3', '4', '5']],
  ['any of the lamps', { lamps: ['in-use', 'ringing'] }, ['2', '3']],
  ['any of the presences', { presences: ['away', 'dnd'] }, ['2', '3']],
  ['a lamp and a presence', { lamps: ['idle', 'ringing'], presences: ['away'] }, ['3']],
  ['who is reachable', { preset: 'reachable' }, ['1']],
  ['who is reachable and available', { preset: 'reachable', presences: ['available'] }, ['1']],
  ['who is on the phone', { preset: 'on-the-phone' }, ['2']],
  ['a mismatch', { preset: 'mismatch' }, ['2', '4']],
])('[GR5] filters %s', (_, filter, extens) => {
  expect(matchingExtens(filter)).toEqual(extens);
  expect(isFilterActive({ ...NO_FILTER, ...filter })).toBe(extens.length < EXTENSIONS.length);
});

it('[GR5] is overdue from the return time on', () => {
  expect(matchingExtens({ preset: 'overdue' }, 999)).toEqual([]);
  expect(matchingExtens({ preset: 'overdue' }, 1000)).toEqual(['3']);
});
