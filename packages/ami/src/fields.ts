import type { AmiAction, AmiFields } from './types.ts';

/** The library's parse of a block, reduced to text: repeated headers joined by LF, `Variable: a=b` objects left out. */
export function fieldsOf(raw: Readonly<Record<string, unknown>>): AmiFields {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string') fields[name] = value;
    else if (Array.isArray(value)) fields[name] = value.join('\n');
  }
  return fields;
}

/** The headers of a block, whose lines are as they came over the wire. */
export function fieldsOfLines(lines: readonly string[]): AmiFields {
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    const before = fields[name];
    fields[name] = before === undefined ? value : `${before}\n${value}`;
  }
  return fields;
}

/** The library takes its own headers only in lower case. */
export function lowerCaseNames(action: AmiAction): Record<string, string> {
  return Object.fromEntries(Object.entries(action).map(([name, value]) => [name.toLowerCase(), value]));
}
