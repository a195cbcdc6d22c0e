import type { Extension, SortColumn } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { BY_NUMBER, createStableSort, orderBy } from './order.ts';
import { testExtension } from '@lampboard/model/testing';
import { mapOf, personNamed, presenceOf } from '../../../testing/fixtures.ts';

const byNumber = () => createStableSort(BY_NUMBER.compare);
const sortedBy = (column: SortColumn, extensions: readonly Extension[], descending = false) =>
  extensions.toSorted(orderBy({ column, descending }, 'en').compare).map(({ exten }) => exten);

it('[BD2] sorts numerically, then by context', () => {
  const extensions = [
    testExtension('1000'),
    testExtension('99'),
    testExtension('0100'),
    testExtension('*98'),
    testExtension('101', { id: '101@b', context: 'b' }),
    testExtension('101', { id: '101@a', context: 'a' }),
  ];
  const ids = ['*98@default', '99@default', '0100@default', '101@a', '101@b', '1000@default'];
  expect(byNumber()(mapOf(extensions))).toEqual(ids);
});

it('[BD2] sorts the same number and context by PBX', () => {
  const ids = ['berlin/101@a', 'paris/101@a', 'berlin/101@b'];
  const extensions = ids.map((id) => testExtension('101', { id, context: id.slice(-1) }));
  expect(byNumber()(mapOf(extensions.toReversed()))).toEqual(ids);
});

it('[BD2] keeps the order whatever an extension’s state', () => {
  const order = byNumber();
  const before = order(mapOf([testExtension('1102'), testExtension('1101')]));
  const changed = testExtension('1101', { lamp: 'ringing', presence: null });
  expect(order(mapOf([testExtension('1102'), changed]))).toBe(before);
});

it('[AR4] inserts an added extension, and removes a removed one', () => {
  const order = byNumber();
  order(mapOf([testExtension('1101'), testExtension('1103')]));
  const ids = order(mapOf([testExtension('1101'), testExtension('1102')]));
  expect(ids).toEqual(['1101@default', '1102@default']);
});

it('[AR4] moves a renamed extension', () => {
  const withName = (exten: string, name: string) => testExtension(exten, { person: personNamed(name) });
  const order = createStableSort(orderBy({ column: 'name', descending: false }, 'en').compare);
  order(mapOf([withName('1', 'Zoe'), withName('2', 'Bob')]));
  expect(order(mapOf([withName('1', 'Anna'), withName('2', 'Bob')]))).toEqual(['1@default', '2@default']);
});

it('[AR5] sorts by return time with the most overdue first, without one last in both directions', () => {
  const extensions = [
    testExtension('1'),
    testExtension('2', { returnTime: { at: 9000, thenState: null } }),
    testExtension('3', { returnTime: { at: 1000, thenState: null } }),
  ];
  expect(sortedBy('return-time', extensions)).toEqual(['3', '2', '1']);
  expect(sortedBy('return-time', extensions, true)).toEqual(['2', '3', '1']);
});

it('[AR5] sorts by each column, then by number', () => {
  const extensions = [
    testExtension('3', { lamp: 'ringing', lampSince: 5000, presenceSetAt: 1 }),
    testExtension('1', { presence: presenceOf('dnd'), presenceSetAt: 2000 }),
    testExtension('2', { presence: null, person: personNamed('Ada') }),
  ];
  expect(sortedBy('lamp', extensions)).toEqual(['3', '1', '2']);
  expect(sortedBy('number', extensions)).toEqual(['1', '2', '3']);
  expect(sortedBy('number', extensions, true)).toEqual(['3', '2', '1']);
  expect(sortedBy('name', extensions)).toEqual(['2', '1', '3']);
  expect(sortedBy('department', extensions, true)).toEqual(['1', '3', '2']);
  expect(sortedBy('presence', extensions)).toEqual(['3', '1', '2']);
  // During a call, its start counts.
  expect(sortedBy('since', extensions)).toEqual(['1', '3', '2']);
});
