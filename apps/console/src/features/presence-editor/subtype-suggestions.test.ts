import { expect, it } from 'vitest';
import { mapOf, presenceOf, testExtension } from '../../testing/fixtures.ts';
import { subtypesInUse } from './subtype-suggestions.ts';

it('[ED10] suggests at most six subtypes in use on the board, the most frequent first', () => {
  const extensions = ['Lunch', 'Meeting', 'Lunch', '', ' ', 'a', 'b', 'c', 'd', 'e'].map((subtype, index) =>
    testExtension(String(index), { presence: presenceOf('away', '', subtype) }),
  );
  const map = mapOf([...extensions, testExtension('x', { presence: null })]);
  expect(subtypesInUse(map)).toEqual(['Lunch', 'a', 'b', 'c', 'd', 'e']);
});
