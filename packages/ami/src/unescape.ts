const CONTROL: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Undoes the C escapes of `PresenceStateChange` (`ast_escape_c`): `\n` is a newline, `\\` a backslash, `\"` a quote. */
export function unescapeC(text: string): string {
  return text.replaceAll(/\\(.)/gsu, (_, character: string) => CONTROL[character] ?? character);
}
