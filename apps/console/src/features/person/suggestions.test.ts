import { expect, it } from 'vitest';
import { rowOf } from '../../live/testing/row-of.ts';
import { subtypesInUse } from './suggestions.ts';

it('[ED10] suggests the subtypes in use on the board, the most frequent first, six at most', () => {
  const rows = ['Lunch', 'Meeting', 'Lunch', '', ' ', 'a', 'b', 'c', 'd', 'e'].map((subtype, index) =>
    rowOf(String(index), { presence: { state: 'away', subtype, message: '' } }),
  );
  const map = new Map([...rows, rowOf('x', { presence: null })].map((row) => [row.id, row]));
  expect(subtypesInUse(map)).toEqual(['Lunch', 'a', 'b', 'c', 'd', 'e']);
});
