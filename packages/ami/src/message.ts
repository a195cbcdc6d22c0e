import type { AmiAction, AmiFailure, AmiFields } from './types.ts';

/** Reduces the library's parsed block to text: joins repeated headers by LF, drops `Variable: a=b` objects. */
export function normalizeFields(raw: Readonly<Record<string, unknown>>): AmiFields {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value === 'string') fields[name] = value;
    else if (Array.isArray(value)) fields[name] = value.join('\n');
  }
  return fields;
}

export function parseHeaders(lines: readonly string[]): AmiFields {
  const fields: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    const previous = fields[name];
    fields[name] = previous === undefined ? value : `${previous}\n${value}`;
  }
  return fields;
}

/** Returns the headers of these names, by lower-case name; empty where there is none. */
export function pickHeaders(fields: AmiFields, names: readonly string[]): AmiFields {
  return Object.fromEntries(
    names.map((name) => name.toLowerCase()).map((name) => [name, fields[name] ?? '']),
  );
}

/** The library recognises its headers only in lower case. */
export function lowerCaseHeaderNames(action: AmiAction): Record<string, string> {
  return Object.fromEntries(Object.entries(action).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Limits of Asterisk 16 and 22; bytes without the CRLF. */
export const MAX_LINE_BYTES = 1022;
const MAX_ACTION_LINES = 128;

/**
 * Rejects CR, LF and NUL in a header, which would inject headers and actions, and lines or actions over Asterisk's limits.
 * Returns null for a valid action.
 */
export function validateAction(action: AmiAction): AmiFailure | null {
  const headers = Object.entries(action);
  const failure = (message: string): AmiFailure => ({ ok: false, code: 'invalid-action', message });
  if (headers.length + 1 > MAX_ACTION_LINES)
    return failure(`An AMI action has at most ${MAX_ACTION_LINES} lines.`);
  for (const [name, value] of headers) {
    if (!/^[A-Za-z]+$/.test(name)) return failure('The name of an AMI header is made of letters.');
    // oxlint-disable-next-line no-control-regex -- exactly these are forbidden
    if (/[\r\n\0]/.test(value)) return failure(`The value of ${name} holds a line break or NUL.`);
    if (!value.isWellFormed()) return failure(`The value of ${name} is not well-formed Unicode.`);
    if (Buffer.byteLength(`${name}: ${value}`) > MAX_LINE_BYTES) {
      return failure(`The line ${name} is longer than ${MAX_LINE_BYTES} bytes.`);
    }
  }
  return null;
}
