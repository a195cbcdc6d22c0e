/** How one language says times, in lower case. */
export interface TimeLexicon {
  /** Phrases (regular expressions of whole words) and the words that are read in their place. */
  readonly phrases: readonly (readonly [string, string])[];
  /**
   * Words, apart by blanks, by the symbol that they are read as: `~` says nothing, `~on` comes with a day, `@` with a time
   * of the day, `@@` also behind it, `+` with a while, `++` with one that has a unit. `a` is 1 before a unit; `m`, `hr`,
   * `d` and `w` are units, `clock` follows an hour. `day0` is today, `wd1` Monday, `week1` next week. `half` is half an
   * hour more, `halb` half an hour less.
   */
  readonly words: Readonly<Record<string, string>>;
  /** Phrases that speak of a time without saying one, the longer ones first. */
  readonly vague: readonly string[];
  /** A word that is counted by the number before it: `14 people`. */
  readonly counted: RegExp;
}

/** `one two` as the symbols 1 and 2, beginning with `from`. */
export function numbers(words: string, from = 1): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word, index) => [String(index + from), word]));
}
