import type { DeviceState, ExtensionStatus } from '../pbx/device-state.ts';
import type { Hint } from '../pbx/hint-registry.ts';
import type { Presence } from '../pbx/presence-value.ts';
import type { Header } from './event.ts';

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

function escapeC(bytes: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are to be escaped
  return bytes.replace(/[\x07\b\f\n\r\t\v\\'"?]/g, (character) => ESCAPES[character] ?? character);
}

/** Headers of `ExtensionStatus`, as an event and in a list. */
export function extensionHeaders(
  extension: Hint,
  { status, text }: ExtensionStatus,
  hintText = extension.hint,
): Header[] {
  return [
    ['Exten', extension.exten],
    ['Context', extension.context],
    ['Hint', hintText],
    ['Status', String(status)],
    ['StatusText', text],
  ];
}

/** Headers of `DeviceStateChange`. */
export function deviceHeaders(device: string, state: DeviceState): Header[] {
  return [
    ['Device', device],
    ['State', state],
  ];
}

/** Headers of `PresenceStateChange`, which Asterisk escapes. */
export function presenceHeaders(presentity: string, { state, subtype, message }: Presence): Header[] {
  return [
    ['Presentity', presentity],
    ['Status', state],
    ['Subtype', escapeC(subtype)],
    ['Message', escapeC(message)],
  ];
}

/** Headers of `PresenceStatus`, which Asterisk does not escape: the text of a presence can forge events. */
export function hintPresenceHeaders(hint: Hint, { state, subtype, message }: Presence): Header[] {
  return [
    ['Exten', hint.exten],
    ['Context', hint.context],
    ['Hint', hint.hint],
    ['Status', state],
    ['Subtype', subtype],
    ['Message', message],
  ];
}
