import { expect, it, vi } from 'vitest';
import { translateEnglish } from '../../../i18n/translate.ts';
import { mapOf, personNamed, presenceOf, testExtension, testLine } from '../../../testing/fixtures.ts';
import { createLineSearch, createPeopleSearch } from './people-search.ts';

const named = (exten: string, name: string, message = '') =>
  testExtension(exten, { person: personNamed(name), presence: presenceOf('away', message) });

it('[CP2] ranks exact numbers, then names, then texts, each in the board’s order', () => {
  const extensions = mapOf([
    named('1109', 'Josh Bellamy'),
    named('1101', 'Rita Moreno', 'Ask Josh'),
    named('99', 'Josh Okafor'),
    named('110', 'Workshop 110'),
    named('1105', 'Ana 110'),
  ]);
  const { find } = createPeopleSearch();
  expect(find('josh', extensions)).toEqual(['99@default', '1109@default', '1101@default']);
  expect(find('110', extensions).slice(0, 2)).toEqual(['110@default', '1101@default']);
});

it('[CP2] returns at most eight', () => {
  const extensions = mapOf(Array.from({ length: 20 }, (_, index) => named(String(1100 + index), 'Ana')));
  expect(createPeopleSearch().find('ana', extensions)).toHaveLength(8);
});

it('[CP4] for setting, a match in a text counts only if no name matches', () => {
  const extensions = mapOf([
    named('1101', 'Rita', 'Ask Josh'),
    named('1102', 'Josh'),
    named('1103', 'Ana', 'mit Ede'),
  ]);
  const { findByName } = createPeopleSearch();
  expect(findByName('josh', extensions)).toEqual(['1102@default']);
  expect(findByName('ede', extensions)).toEqual(['1103@default']);
});

it('[CP2] searches 5,000 extensions within 50 ms', async () => {
  const extensions = mapOf(
    Array.from({ length: 5000 }, (_, index) =>
      named(
        String(10_000 + index),
        `First${index % 97} Last${index}`,
        `Back at ${index % 24}:00, urgent: Josh`,
      ),
    ),
  );
  const people = createPeopleSearch();
  const time = (query: string) => {
    const start = performance.now();
    people.find(query, extensions);
    people.isPartOfName([query, 'av'], false, extensions);
    return performance.now() - start;
  };
  // Repeated, since a busy machine may delay a single run.
  for (const query of ['l', 'last', 'josh', 'first1 last2', '1']) {
    await vi.waitFor(() => expect(time(query), query).toBeLessThan(50), { timeout: 10_000, interval: 20 });
  }
}, 60_000);

it('[KP1] [KP2] people are no functions; of these at most three are found, by number, name or kind', () => {
  const lines = ['71', '72', '73', '74'].map((exten) => testLine('parking', exten));
  const extensions = mapOf([
    named('1171', 'Nightingale'),
    testLine('switch', '*28', { person: personNamed('Night') }),
    ...lines,
  ]);
  expect(createPeopleSearch().find('night', extensions)).toEqual(['1171@default']);
  expect(createPeopleSearch().findByName('71', extensions)).toEqual(['1171@default']);
  const findLines = createLineSearch(translateEnglish);
  expect(findLines('night', extensions)).toEqual(['*28@default']);
  expect(findLines('73', extensions)).toEqual(['73@default']);
  expect(findLines('parking', extensions)).toHaveLength(3);
  expect(findLines('', extensions)).toEqual([]);
});
