import type { DeviceState, ExtensionStatus } from '../pbx/device-state.ts';
import type { Hint } from '../pbx/hint-registry.ts';
import type { Presence } from '../pbx/presence-value.ts';
import type { Headers } from './blocks.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '?': '\\?',
};

/** Escapes as a string of C. */
export function escapeC(bytes: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are to be escaped
  return bytes.replace(/[\x07\b\f\n\r\t\v\\'"?]/g, (character) => ESCAPES[character] ?? character);
}

/** Headers of `ExtensionStatus`, as an event and in a list. */
export function extensionHeaders(
  { exten, context, hint }: Pick<Hint, 'exten' | 'context' | 'hint'>,
  { status, text }: ExtensionStatus,
): Headers {
  return { Exten: exten, Context: context, Hint: hint, Status: String(status), StatusText: text };
}

/** Headers of `DeviceStateChange`. */
export function deviceHeaders(device: string, state: DeviceState): Headers {
  return { Device: device, State: state };
}

/** Headers of `PresenceStateChange`, which Asterisk escapes. */
export function presenceHeaders(presentity: string, { state, subtype, message }: Presence): Headers {
  return { Presentity: presentity, Status: state, Subtype: escapeC(subtype), Message: escapeC(message) };
}

/** Headers of `PresenceStatus`, which Asterisk does not escape: the text of a presence can forge events. */
export function hintPresenceHeaders(
  { exten, context, hint }: Hint,
  { state, subtype, message }: Presence,
): Headers {
  return { Exten: exten, Context: context, Hint: hint, Status: state, Subtype: subtype, Message: message };
}
