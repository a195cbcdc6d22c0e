import { liveEvent } from '../ami/event.ts';
import type { AmiEvent } from '../ami/event.ts';
import { extensionStatus } from './device-state.ts';
import type { DeviceState, ExtensionStatus } from './device-state.ts';
import { deviceHeaders, extensionHeaders, presenceHeaders, presenceStatus } from './events.ts';
import { createHintBook } from './hints.ts';
import type { DemoHint, HintBook, WatchedHint } from './hints.ts';
import { NOT_SET } from './presence-value.ts';
import type { Presence } from './presence-value.ts';

/** The states of all devices and people, the hints that watch them, and the events of their changes. */
export interface Switchboard {
  readonly hints: () => HintBook;
  readonly devices: ReadonlyMap<string, DeviceState>;
  /** What was last announced of each provider, by the name it was announced with. */
  readonly presences: ReadonlyMap<string, Presence>;
  deviceState(device: string): DeviceState;
  status(hint: WatchedHint): ExtensionStatus;
  setDeviceState(device: string, state: DeviceState): void;
  announcePresence(provider: string, presence: Presence): void;
  /** Takes new hints. Those that were there before say their status again, new ones without their hint. */
  load(hints: readonly DemoHint[]): void;
}

const fingerprint = ({ state, subtype, message }: Presence): string => `${state}\0${subtype}\0${message}`;

/** A switchboard without hints. `emit` is called for every event in the order Asterisk could send them. */
export function createSwitchboard({ emit }: { emit: (event: AmiEvent) => void }): Switchboard {
  const devices = new Map<string, DeviceState>();
  const presences = new Map<string, Presence>();
  const latest = new Map<string, string>();
  let book = createHintBook([]);

  // A phone that nobody has said anything of is registered and on the hook; a custom device never set is unknown.
  const deviceState = (device: string): DeviceState =>
    devices.get(device) ?? (/^custom:/i.test(device) ? 'UNKNOWN' : 'NOT_INUSE');

  const status = (hint: WatchedHint): ExtensionStatus => extensionStatus(hint.devices.map(deviceState));

  function emitStatus(hint: WatchedHint, now: ExtensionStatus, text: string): void {
    hint.status = now.status;
    emit(liveEvent('ExtensionStatus', 'call', extensionHeaders(hint, now, text)));
  }

  return {
    hints: () => book,
    devices,
    presences,
    deviceState,
    status,
    setDeviceState(device, state) {
      if (devices.get(device) === state) return;
      devices.set(device, state);
      emit(liveEvent('DeviceStateChange', 'call', deviceHeaders(device, state)));
      for (const hint of book.byDevice(device)) {
        const now = status(hint);
        if (now.status !== hint.status) emitStatus(hint, now, hint.hint);
      }
    },
    announcePresence(provider, presence) {
      const mark = fingerprint(presence);
      presences.set(provider, presence);
      latest.set(provider.toLowerCase(), mark);
      emit(liveEvent('PresenceStateChange', 'call', presenceHeaders(provider, presence)));
      for (const hint of book.byProvider(provider)) {
        if (hint.presence === mark) continue;
        hint.presence = mark;
        emit(presenceStatus(hint, presence));
      }
    },
    load(hints) {
      const old = book;
      book = createHintBook(hints);
      for (const hint of book.all()) {
        hint.presence = latest.get(hint.provider.toLowerCase()) ?? fingerprint(NOT_SET);
        emitStatus(hint, status(hint), old.find(hint.exten, hint.context) ? hint.hint : '');
      }
    },
  };
}
