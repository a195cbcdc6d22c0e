import { LAMPS, type Lamp, PRESENCE_STATES } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { rowOf } from '../../live/fake-live.ts';
import { callTime, roughTime } from '../../ui/duration-text.ts';
import { countRows } from './counts.ts';
import { createOrder } from './order.ts';
import { stepOf } from './steps.ts';
import { firstLine, tileWords } from './tile-words.ts';
import { columnsFor } from './use-columns.ts';

const mapOf = (rows: ReturnType<typeof rowOf>[]) => new Map(rows.map((row) => [row.id, row]));

it('[BD2] sorts by number as people count, then by context', () => {
  const rows = [
    rowOf('1000'),
    rowOf('99'),
    rowOf('101', { id: '101@b', context: 'b' }),
    rowOf('101', { id: '101@a', context: 'a' }),
  ];
  expect(createOrder()(mapOf(rows))).toEqual(['99@default', '101@a', '101@b', '1000@default']);
});

it('[BD2] whatever a row says, every tile stays where it is', () => {
  const order = createOrder();
  const before = order(mapOf([rowOf('1102'), rowOf('1101')]));
  const after = order(mapOf([rowOf('1102'), rowOf('1101', { lamp: 'ringing', presence: null })]));
  expect(after).toBe(before);
});

it('[BD2] an extension that comes takes its place, one that goes leaves none', () => {
  const order = createOrder();
  order(mapOf([rowOf('1101'), rowOf('1103')]));
  expect(order(mapOf([rowOf('1101'), rowOf('1102')]))).toEqual(['1101@default', '1102@default']);
});

it('[BD3] the accessible name begins with number and name, and holds the words and what was said', () => {
  const row = rowOf('1104', {
    person: { name: 'Alice Chen', department: '', email: '', mobile: '' },
    lamp: 'in-use',
    presence: { state: 'away', subtype: 'Customer visit', message: 'At Nordhafen.\nBack later.' },
  });
  expect(tileWords(row, true)).toBe(
    '1104 Alice Chen, In use, Away, Customer visit: At Nordhafen. Back later.',
  );
  expect(tileWords(row, false)).toContain('last known: In use');
  expect(tileWords({ ...row, presence: null }, true)).toBe('1104 Alice Chen, In use');
});

it('[BD3] every lamp and every presence has a word of its own', () => {
  const words = LAMPS.map((lamp) => tileWords(rowOf('1', { lamp, presence: null }), true));
  expect(new Set(words).size).toBe(LAMPS.length);
  const said = PRESENCE_STATES.map((state) =>
    tileWords(rowOf('1', { presence: { state, subtype: '', message: '' } }), true),
  );
  expect(new Set(said).size).toBe(PRESENCE_STATES.length);
});

it('[BD7] counts who can be reached, who is on the phone, and whose telephone rings', () => {
  const lamp = (value: Lamp) => rowOf(value, { lamp: value });
  const rows = [
    ...LAMPS.map(lamp),
    rowOf('a', { presence: { state: 'dnd', subtype: '', message: '' } }),
    rowOf('b', { presence: null }),
  ];
  expect(countRows(rows, () => true)).toEqual({ all: 11, reachable: 2, onThePhone: 5, ringing: 2 });
  expect(countRows(rows, ({ exten }) => exten === 'busy')).toMatchObject({ all: 1, onThePhone: 1 });
});

it('[BD6] tells durations as a telephone does, and roughly', () => {
  expect([6_000, 723_000, 3_723_000].map(callTime)).toEqual(['0:06', '12:03', '1:02:03']);
  expect([5_000, 60_000, 7_200_000, 260_000_000].map(roughTime)).toEqual(['<1 min', '1 min', '2 h', '3 d']);
});

it('[BD10] shows the first line that holds anything', () => {
  expect(firstLine('\r\n  \nAt Nordhafen\nBack later')).toBe('At Nordhafen');
  expect(firstLine('')).toBe('');
});

it('[BD12] fits as many columns as 214 pixels each allow, and never none', () => {
  expect([100, 214, 435, 436, 1153].map(columnsFor)).toEqual([1, 1, 1, 2, 5]);
});

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false });
const AT = { index: 4, count: 11, columns: 3, page: 2 };

it.each([
  ['ArrowLeft', 4, 3],
  ['ArrowRight', 4, 5],
  ['ArrowUp', 4, 1],
  ['ArrowDown', 4, 7],
  ['ArrowDown', 8, 10],
  ['ArrowDown', 9, null],
  ['ArrowUp', 1, null],
  ['ArrowLeft', 0, null],
  ['ArrowRight', 10, null],
  ['Home', 4, 3],
  ['End', 4, 5],
  ['End', 10, 10],
  ['PageDown', 4, 10],
  ['PageUp', 10, 4],
  ['x', 4, null],
])('[KB1] %s from place %d leads to %s', (name, index, to) => {
  expect(stepOf(key(name), { ...AT, index })).toBe(to);
});

it('[KB1] Ctrl+Home and Ctrl+End lead to the first and the last tile', () => {
  expect(stepOf(key('Home', true), AT)).toBe(0);
  expect(stepOf(key('End', true), AT)).toBe(10);
});
