import { fold } from './fold.ts';

/** From the first character of a hit to behind its last, as places in the text. */
export type Span = readonly [start: number, end: number];

/** Where a text holds any of these folded words, in order and without overlaps. */
export function spansOf(text: string, words: readonly string[]): readonly Span[] {
  let folded = '';
  const places: Span[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const letters = fold(character);
    folded += letters;
    const before = places.at(-1);
    // What is no letter to a search, such as an accent, belongs to the one before.
    if (letters === '' && before !== undefined) places[places.length - 1] = [before[0], end];
    for (let count = 0; count < letters.length; count += 1) places.push([start, end]);
    start = end;
  }
  const isIn = new Set<number>();
  for (const word of words) {
    if (word === '') continue;
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      for (let place = at; place < at + word.length; place += 1) isIn.add(place);
    }
  }
  const spans: Span[] = [];
  for (const [place, [from, to]] of places.entries()) {
    if (!isIn.has(place)) continue;
    const last = spans.at(-1);
    if (last !== undefined && last[1] >= from) spans[spans.length - 1] = [last[0], to];
    else spans.push([from, to]);
  }
  return spans;
}
