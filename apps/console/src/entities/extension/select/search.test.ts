import { expect, it } from 'vitest';
import { normalizeText } from './normalize-text.ts';
import { createSearch } from './search.ts';
import { personNamed, presenceOf, testExtension } from '../../../testing/fixtures.ts';

const EXTENSIONS = [
  testExtension('1101', {
    person: personNamed('Rita Moreno', 'Reception'),
    presence: presenceOf('away', 'ask Alice'),
  }),
  testExtension('1104', { person: personNamed('Alice Chen', 'Sales') }),
  testExtension('1105', {
    person: personNamed('Tomasz Zieliński', 'Accounts'),
    presence: presenceOf('dnd', 'Quarter\nclose', 'Focus'),
  }),
  testExtension('11040', { person: personNamed('Łukasz Groß', 'Sales'), provider: null, presence: null }),
];
const find = (query: string) => createSearch().find(query, EXTENSIONS);

it.each([
  ['number', '1105', ['1105']],
  ['part of a number', '104', ['1104', '11040']],
  ['name', 'alice chen', ['1104']],
  ['department', 'account', ['1105']],
  ['message', 'quarter', ['1105']],
  ['subtype', 'focus', ['1105']],
])('[SR1] finds by %s', (_, query, numbers) => {
  expect(find(query).ids).toEqual(numbers.map((number) => `${number}@default`));
});

it('[SR2] ignores accents and case in text and query', () => {
  expect(find('ZIELINSKI').ids).toEqual(['1105@default']);
  expect(find('lukasz gross').ids).toEqual(['11040@default']);
  expect(normalizeText('Ærøskøbing ﬁne Ｗ')).toBe('aeroskobing fine w');
});

it.each(['o’neill', "o'neill", 'oneill', 'O`Neill'])('[SR2] %s finds O’Neill', (query) => {
  expect(
    createSearch().find(query, [testExtension('1', { person: personNamed('Siobhán O’Neill') })]).ids,
  ).toHaveLength(1);
});

it.each(['smith-jones', 'smith jones', 'smith‑jones'])(
  '[SR2] %s finds Smith-Jones and Smith Jones',
  (query) => {
    const extensions = ['Ann Smith-Jones', 'Bob Smith Jones'].map((name) =>
      testExtension(name, { person: personNamed(name) }),
    );
    expect(createSearch().find(query, extensions).ids).toHaveLength(2);
  },
);

it('[SR2] requires all terms, in any order, across number, name, department and message', () => {
  expect(find('chen 1104 sales').ids).toEqual(['1104@default']);
  expect(find('chen accounts').ids).toEqual([]);
});

it('[SR3] ranks name matches before text matches, and keeps the board’s order among equals', () => {
  expect(find('alice').ids).toEqual(['1104@default', '1101@default']);
  expect(find('11').ids).toEqual(EXTENSIONS.map(({ id }) => id));
});

it('[SR4] the best match is the exact number, then a name, then a text', () => {
  expect(find('alice')).toEqual({ ids: ['1104@default', '1101@default'], bestMatch: '1104@default' });
  expect(find('1104').bestMatch).toBe('1104@default');
  expect(find('nobody').bestMatch).toBeNull();
});

it('[SR5] finds an extension by its changed presence', () => {
  const search = createSearch();
  search.find('x', EXTENSIONS);
  const changed = testExtension('1104', { presence: presenceOf('away', 'Nordhafen') });
  expect(search.find('nordhafen', [changed]).ids).toEqual(['1104@default']);
});

it('[KP9] an entry is found by each of its numbers, the exact one first', () => {
  const search = createSearch();
  const person = testExtension('1104', { aliases: ['*801104@default', '2104@sales'] });
  const extensions = [testExtension('21040'), person];
  expect(search.find('2104', extensions)).toEqual({
    ids: [person.id, '21040@default'],
    bestMatch: person.id,
  });
  expect(search.find('*801104', extensions).bestMatch).toBe(person.id);
  const { aliases: _, ...alone } = person;
  expect(search.find('2104', [alone]).ids).toEqual([]);
});
