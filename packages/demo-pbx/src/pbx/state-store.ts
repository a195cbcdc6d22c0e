import { type DeviceState, type ExtensionStatus, extensionStatus } from './device-state.ts';
import type { PbxFact } from './facts.ts';
import { type DemoHint, type Hint, type WatchedHint, createHintRegistry } from './hint-registry.ts';
import { type Presence, NOT_SET } from './presence-value.ts';

const presenceKeyOf = ({ state, subtype, message }: Presence): string => `${state}\0${subtype}\0${message}`;

/** A phone is registered and idle by default; a custom device is unknown. */
function defaultState(device: string): DeviceState {
  if (/^custom:/i.test(device)) return 'UNKNOWN';
  return /^(?:(?:pjsip|sip|iax2|dahdi|local|sccp)\/|(?:park|confbridge|meetme|mwi|queue):)\S+$/i.test(device)
    ? 'NOT_INUSE'
    : 'INVALID';
}

/** Device states, presences and the hints that watch them, at first none; `emit` gets the facts in Asterisk's order. */
export function createStateStore(emit: (fact: PbxFact) => void) {
  /** The last announced states, those set, and those of devices with calls, which go before. */
  const devices = new Map<string, DeviceState>();
  const setStates = new Map<string, DeviceState>();
  const callStates = new Map<string, DeviceState>();
  /** The last announced presence, by the provider as announced. */
  const presences = new Map<string, Presence>();
  const presenceKeys = new Map<string, string>();
  let registry = createHintRegistry([]);

  const idleState = (device: string): DeviceState => setStates.get(device) ?? defaultState(device);
  const deviceState = (device: string): DeviceState => callStates.get(device) ?? idleState(device);

  const status = (hint: Hint): ExtensionStatus => extensionStatus(hint.devices.map(deviceState));

  function emitStatus(hint: WatchedHint, now: ExtensionStatus, isNew: boolean): void {
    hint.status = now.status;
    emit({ kind: 'extension-status', hint, status: now, isNew });
  }

  function announceDevice(device: string): void {
    const state = deviceState(device);
    if (devices.get(device) === state) return;
    devices.set(device, state);
    emit({ kind: 'device-state-changed', device, state });
    for (const hint of registry.watching(device)) {
      const now = status(hint);
      if (now.status !== hint.status) emitStatus(hint, now, false);
    }
  }

  return {
    hints: () => registry,
    devices,
    presences,
    deviceState,
    status,
    /** The state of a device but for its calls. */
    idleState,
    setDeviceState(device: string, state: DeviceState) {
      setStates.set(device, state);
      announceDevice(device);
    },
    /** `state` is undefined where the device has no call. */
    setCallState(device: string, state: DeviceState | undefined) {
      if (state === undefined) callStates.delete(device);
      else callStates.set(device, state);
      announceDevice(device);
    },
    announcePresence(provider: string, presence: Presence) {
      const presenceKey = presenceKeyOf(presence);
      presences.set(provider, presence);
      presenceKeys.set(provider.toLowerCase(), presenceKey);
      emit({ kind: 'presence-changed', provider, presence });
      for (const hint of registry.watching(provider)) {
        if (hint.presence === presenceKey) continue;
        hint.presence = presenceKey;
        emit({ kind: 'hint-presence-changed', hint, presence });
      }
    },
    /** Replaces the hints and announces the status of each; new ones without their hint text. */
    load(hints: readonly DemoHint[]) {
      const previous = registry;
      registry = createHintRegistry(hints);
      for (const hint of registry.all()) {
        hint.presence = presenceKeys.get(hint.provider.toLowerCase()) ?? presenceKeyOf(NOT_SET);
        emitStatus(hint, status(hint), !previous.find(hint.exten, hint.context));
      }
    },
  };
}
