import { expect, it } from 'vitest';
import { searchTerms } from './search.ts';
import { matchSpans } from './match-spans.ts';

const matches = (text: string, query: string) =>
  matchSpans(text, searchTerms(query)).map(([start, end]) => text.slice(start, end));

it.each([
  ['Alice Chen', 'chen ali', ['Ali', 'Chen']],
  ['Siobhán O’Neill', 'oneill siobhan', ['Siobhán', 'O’Neill']],
  ['Łukasz Groß', 'gross luk', ['Łuk', 'Groß']],
  ['Siobhán', 'han', ['hán']],
  ['Anna-Lena', 'anna lena', ['Anna', 'Lena']],
  ['😀 Josh', 'josh', ['Josh']],
  ['Josh', 'alice', []],
])('[SR12] in “%s”, “%s” matches %j', (text, query, expected) => {
  expect(matches(text, query)).toEqual(expected);
});
