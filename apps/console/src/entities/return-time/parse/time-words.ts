/** The words for times of one language, in lower case. */
export interface TimeLexicon {
  /** Phrases (regular expressions of whole words) and their replacements. */
  readonly phrases: readonly (readonly [string, string])[];
  /**
   * Words, separated by blanks, by their symbol: `~` has no meaning, `~on` precedes a day, `@` a time of day, `@@`
   * may also follow it, `+` precedes a duration, `++` one with a unit. `a` is 1 before a unit; `m`, `hr`, `d` and `w`
   * are units, `clock` follows an hour. `day0` is today, `wd1` Monday, `week1` next week. `half` adds half an hour,
   * `halb` subtracts it.
   */
  readonly words: Readonly<Record<string, string>>;
  /** Phrases about a time that is not specified, the longer ones first. */
  readonly vague: readonly string[];
  /** A word that the number before it counts: `14 people`. */
  readonly counted: RegExp;
}

/** Maps `one two` to the symbols 1 and 2, starting with `from`. */
export const numbers = (words: string, from = 1): Readonly<Record<string, string>> =>
  Object.fromEntries(words.split(' ').map((word, index) => [String(index + from), word]));
