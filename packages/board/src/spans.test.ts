import { expect, it } from 'vitest';
import { wordsOf } from './search.ts';
import { spansOf } from './spans.ts';

const hits = (text: string, query: string) =>
  spansOf(text, wordsOf(query)).map(([start, end]) => text.slice(start, end));

it.each([
  ['Alice Chen', 'chen ali', ['Ali', 'Chen']],
  ['Siobhán O’Neill', 'oneill siobhan', ['Siobhán', 'O’Neill']],
  ['Łukasz Groß', 'gross luk', ['Łuk', 'Groß']],
  ['Siobhán', 'han', ['hán']],
  ['Anna-Lena', 'anna lena', ['Anna', 'Lena']],
  ['😀 Josh', 'josh', ['Josh']],
  ['Josh', 'alice', []],
])('[SR12] in “%s”, “%s” is found as %j', (text, query, found) => {
  expect(hits(text, query)).toEqual(found);
});
