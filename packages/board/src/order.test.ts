import type { ExtensionRow, SortColumn } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { BY_NUMBER, createKeptOrder, orderBy } from './order.ts';
import { boardRow } from './testing/board-row.ts';

const mapOf = (rows: readonly ExtensionRow[]) => new Map(rows.map((row) => [row.id, row]));
const byNumber = () => createKeptOrder(BY_NUMBER.compare);
const sortedBy = (column: SortColumn, rows: readonly ExtensionRow[], descending = false) =>
  rows.toSorted(orderBy({ column, descending }, 'en').compare).map(({ exten }) => exten);

it('[BD2] sorts by number as people count, then by context', () => {
  const rows = [
    boardRow('1000'),
    boardRow('99'),
    boardRow('0100'),
    boardRow('*98'),
    boardRow('101', { id: '101@b', context: 'b' }),
    boardRow('101', { id: '101@a', context: 'a' }),
  ];
  expect(byNumber()(mapOf(rows))).toEqual([
    '*98@default',
    '99@default',
    '0100@default',
    '101@a',
    '101@b',
    '1000@default',
  ]);
});

it('[BD2] whatever a row says, every tile stays where it is', () => {
  const order = byNumber();
  const before = order(mapOf([boardRow('1102'), boardRow('1101')]));
  const after = order(mapOf([boardRow('1102'), boardRow('1101', { lamp: 'ringing', presence: null })]));
  expect(after).toBe(before);
});

it('[AR4] an extension that comes takes its place, one that goes leaves none', () => {
  const order = byNumber();
  order(mapOf([boardRow('1101'), boardRow('1103')]));
  expect(order(mapOf([boardRow('1101'), boardRow('1102')]))).toEqual(['1101@default', '1102@default']);
});

it('[AR4] who gets another name moves to the place of that name', () => {
  const named = (exten: string, name: string) =>
    boardRow(exten, { person: { name, department: '', email: '', mobile: '' } });
  const order = createKeptOrder(orderBy({ column: 'name', descending: false }, 'en').compare);
  order(mapOf([named('1', 'Zoe'), named('2', 'Bob')]));
  expect(order(mapOf([named('1', 'Anna'), named('2', 'Bob')]))).toEqual(['1@default', '2@default']);
});

it('[AR5] by “back” whoever is latest stands first, and who said nothing last, both ways', () => {
  const rows = [
    boardRow('1'),
    boardRow('2', { back: { at: 9000, next: null } }),
    boardRow('3', { back: { at: 1000, next: null } }),
  ];
  expect(sortedBy('back', rows)).toEqual(['3', '2', '1']);
  expect(sortedBy('back', rows, true)).toEqual(['2', '3', '1']);
});

it('[AR5] sorts by each column, equals by number', () => {
  const rows = [
    boardRow('3', { lamp: 'ringing', lampSince: 5000, presenceSince: 1 }),
    boardRow('1', { presence: { state: 'dnd', subtype: '', message: '' }, presenceSince: 2000 }),
    boardRow('2', { presence: null, person: { name: 'Ada', department: '', email: '', mobile: '' } }),
  ];
  expect(sortedBy('lamp', rows)).toEqual(['3', '1', '2']);
  expect(sortedBy('number', rows)).toEqual(['1', '2', '3']);
  expect(sortedBy('number', rows, true)).toEqual(['3', '2', '1']);
  expect(sortedBy('name', rows)).toEqual(['2', '1', '3']);
  expect(sortedBy('department', rows, true)).toEqual(['1', '3', '2']);
  expect(sortedBy('presence', rows)).toEqual(['3', '1', '2']);
  // The call counts where there is one, not the presence.
  expect(sortedBy('since', rows)).toEqual(['1', '3', '2']);
});
