import { normalizeText } from './normalize-text.ts';

/** Start and end (exclusive) of a match. */
export type Span = readonly [start: number, end: number];

/** Returns the matches of normalized terms, in order and without overlaps. */
export function matchSpans(text: string, terms: readonly string[]): readonly Span[] {
  let normalized = '';
  const positions: Span[] = [];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const normalizedCharacter = normalizeText(character);
    normalized += normalizedCharacter;
    const previous = positions.at(-1);
    // A character that is normalized away, such as an accent, belongs to the previous one.
    if (normalizedCharacter === '' && previous !== undefined)
      positions[positions.length - 1] = [previous[0], end];
    for (let count = 0; count < normalizedCharacter.length; count += 1) positions.push([start, end]);
    start = end;
  }
  const matchedIndexes = new Set<number>();
  for (const term of terms) {
    if (term === '') continue;
    for (
      let matchIndex = normalized.indexOf(term);
      matchIndex >= 0;
      matchIndex = normalized.indexOf(term, matchIndex + 1)
    ) {
      for (let index = matchIndex; index < matchIndex + term.length; index += 1) matchedIndexes.add(index);
    }
  }
  const spans: Span[] = [];
  for (const [index, [from, to]] of positions.entries()) {
    if (!matchedIndexes.has(index)) continue;
    const last = spans.at(-1);
    if (last !== undefined && last[1] >= from) spans[spans.length - 1] = [last[0], to];
    else spans.push([from, to]);
  }
  return spans;
}
