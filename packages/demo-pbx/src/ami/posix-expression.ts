/** A test of an event's text; `exclude` drops what matches. */
export interface EventFilter {
  exclude: boolean;
  matches: (text: string) => boolean;
}

export type FilterParse = { ok: true; filter: EventFilter } | { ok: false; message: string };

export const FILTER_FORMAT = 'Filter was formatted incorrectly.  Check the syntax of the filter given.';
export const FILTER_SYNTAX = 'Filter did not compile.  Check the syntax of the filter given.';

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** An extended POSIX expression as JavaScript has it; undefined where it does not compile. */
export function posixExpression(source: string): RegExp | undefined {
  const translated = source
    .replace(/\[:([a-z]+):\]/g, (whole, name: string) => POSIX_CLASSES[name] ?? whole)
    // In POSIX a backslash before a letter that means nothing is that letter: `\r` matches an r, not a CR.
    .replace(/\\(.)/gs, (whole, letter: string) =>
      /[A-Za-z0-9]/.test(letter) && !/[wWsSbB]/.test(letter) ? letter : whole,
    );
  try {
    return new RegExp(translated, 's');
  } catch {
    return undefined;
  }
}
