import { escapeC } from '../ami/bytes.ts';
import { liveEvent } from '../ami/event.ts';
import type { AmiEvent, Header } from '../ami/event.ts';
import type { DeviceState, ExtensionStatus } from './device-state.ts';
import type { WatchedHint } from './hints.ts';
import type { Presence } from './presence-value.ts';

/** Headers of `ExtensionStatus`; `hint` is empty in the first event of a hint that was just loaded. */
export function extensionHeaders(
  at: WatchedHint,
  { status, text }: ExtensionStatus,
  hint = at.hint,
): Header[] {
  return [
    ['Exten', at.exten],
    ['Context', at.context],
    ['Hint', hint],
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

/** `PresenceStatus`, which Asterisk does not escape: whoever writes a presence can forge events with it. */
export function presenceStatus(hint: WatchedHint, { state, subtype, message }: Presence): AmiEvent {
  return liveEvent('PresenceStatus', 'call', [
    ['Exten', hint.exten],
    ['Context', hint.context],
    ['Hint', hint.hint],
    ['Status', state],
    ['Subtype', subtype],
    ['Message', message],
  ]);
}
