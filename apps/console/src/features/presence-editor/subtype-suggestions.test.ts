import { expect, it } from 'vitest';
import { testExtension } from '../../testing/fixtures.ts';
import { subtypesInUse } from './subtype-suggestions.ts';

it('[ED10] suggests at most six subtypes in use on the board, the most frequent first', () => {
  const extensions = ['Lunch', 'Meeting', 'Lunch', '', ' ', 'a', 'b', 'c', 'd', 'e'].map((subtype, index) =>
    testExtension(String(index), { presence: { state: 'away', subtype, message: '' } }),
  );
  const map = new Map(
    [...extensions, testExtension('x', { presence: null })].map((extension) => [extension.id, extension]),
  );
  expect(subtypesInUse(map)).toEqual(['Lunch', 'a', 'b', 'c', 'd', 'e']);
});
