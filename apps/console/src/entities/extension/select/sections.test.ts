import { expect, it } from 'vitest';
import { personNamed, testExtension } from '../../../testing/fixtures.ts';
import { sectionsOf } from './sections.ts';

const PEOPLE = [
  testExtension('1', { person: personNamed('Ada', 'Support') }),
  testExtension('2', { person: personNamed('Ben', '') }),
  testExtension('3', { person: personNamed('Cem', 'Accounts') }),
  testExtension('4', { person: personNamed('Dan', 'Support') }),
];
const idOf = (exten: string) => `${exten}@default`;
const sections = (favourites: readonly string[] = [], people = PEOPLE) =>
  sectionsOf(people, favourites.map(idOf), (a, b) => a.localeCompare(b)).map(({ department, ids, above }) => [
    department,
    ids.join(' '),
    above.length,
  ]);

it('[BR8] departments by name, those without one last, each in the given order', () => {
  expect(sections()).toEqual([
    ['Accounts', '3@default', 0],
    ['Support', '1@default 4@default', 0],
    ['', '2@default', 0],
  ]);
});

it('[BR8] favourites come first in their own order, and stand nowhere else', () => {
  expect(sections(['4', '3', '99'])).toEqual([
    [null, '4@default 3@default', 0],
    ['Support', '1@default', 1],
    ['', '2@default', 0],
  ]);
});

it('[BR8] favourites that a filter leaves out have no section', () => {
  expect(sections(['4'], PEOPLE.slice(0, 3)).map(([department]) => department)).toEqual([
    'Accounts',
    'Support',
    '',
  ]);
});
