import type { AmiAction, AmiFailure } from './types.ts';

/** The longest line, in bytes without its CRLF, and the most lines of an action that Asterisk 16 and 22 take. */
export const MAX_LINE_BYTES = 1022;
export const MAX_LINES = 128;

/**
 * Refuses what would not arrive as it was meant: CR, LF or NUL in a header (they would begin headers, and actions, of
 * their own) and lines or actions over Asterisk's limits. Returns null where the action may be sent.
 */
export function actionFault(action: AmiAction): AmiFailure | null {
  const headers = Object.entries(action);
  const fault = (message: string): AmiFailure => ({ ok: false, code: 'invalid-action', message });
  if (headers.length + 1 > MAX_LINES) return fault(`An AMI action has at most ${MAX_LINES} lines.`);
  for (const [name, value] of headers) {
    if (!/^[A-Za-z]+$/.test(name)) return fault('The name of an AMI header is made of letters.');
    // oxlint-disable-next-line no-control-regex -- these are just what must not pass
    if (/[\r\n\0]/.test(value)) return fault(`The value of ${name} holds a line break or NUL.`);
    if (!value.isWellFormed()) return fault(`The value of ${name} is not well-formed Unicode.`);
    if (Buffer.byteLength(`${name}: ${value}`) > MAX_LINE_BYTES) {
      return fault(`The line ${name} is longer than ${MAX_LINE_BYTES} bytes.`);
    }
  }
  return null;
}
