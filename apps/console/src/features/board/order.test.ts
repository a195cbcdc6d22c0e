import { expect, it } from 'vitest';
import { rowOf } from '../../live/testing/row-of.ts';
import { createOrder } from './order.ts';

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
