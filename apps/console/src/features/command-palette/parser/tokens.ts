/** A word of a line. */
export interface Token {
  readonly text: string;
  /** Where it begins and ends in the line. */
  readonly start: number;
  readonly end: number;
}

export function tokenize(line: string): readonly Token[] {
  return Array.from(line.matchAll(/\S+/gu), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** What stands in the line from the first to the last of these words. */
export function spanText(line: string, tokens: readonly Token[]): string {
  return line.slice(tokens[0]?.start ?? line.length, tokens.at(-1)?.end ?? line.length);
}
