export interface Token {
  readonly text: string;
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

/** Returns the text from the first to the last token. */
export function spanText(line: string, tokens: readonly Token[]): string {
  return line.slice(tokens[0]?.start ?? line.length, tokens.at(-1)?.end ?? line.length);
}
