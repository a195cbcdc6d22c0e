/** Asterisk's device states; of several devices the last of these counts. */
const DEVICE_STATES = [
  'INVALID',
  'UNKNOWN',
  'UNAVAILABLE',
  'NOT_INUSE',
  'ONHOLD',
  'RINGING',
  'INUSE',
  'BUSY',
  'RINGINUSE',
] as const;

export type DeviceState = (typeof DEVICE_STATES)[number];

/** Ignores case; returns undefined for an unknown state. */
export function parseDeviceState(text: string): DeviceState | undefined {
  const upper = text.toUpperCase();
  return DEVICE_STATES.find((state) => state === upper);
}

/** Aggregates the states of several devices; ringing beside a call is `RINGINUSE`. */
export function aggregateStates(states: readonly DeviceState[]): DeviceState {
  let result: DeviceState = 'INVALID';
  let ringing = false;
  let inUse = false;
  for (const state of states) {
    ringing ||= state === 'RINGING';
    inUse ||= state === 'INUSE' || state === 'ONHOLD' || state === 'BUSY';
    if (DEVICE_STATES.indexOf(state) > DEVICE_STATES.indexOf(result)) result = state;
  }
  return ringing && inUse ? 'RINGINUSE' : result;
}

/** `Status` (a bit mask) and `StatusText` of an extension. */
export interface ExtensionStatus {
  status: number;
  text: string;
}

const EXTENSION_STATUSES: Readonly<Record<DeviceState, ExtensionStatus>> = {
  UNKNOWN: { status: 0, text: 'Idle' },
  NOT_INUSE: { status: 0, text: 'Idle' },
  INUSE: { status: 1, text: 'InUse' },
  BUSY: { status: 2, text: 'Busy' },
  INVALID: { status: 4, text: 'Unavailable' },
  UNAVAILABLE: { status: 4, text: 'Unavailable' },
  RINGING: { status: 8, text: 'Ringing' },
  RINGINUSE: { status: 9, text: 'InUse&Ringing' },
  ONHOLD: { status: 16, text: 'Hold' },
};

export const UNKNOWN_EXTENSION: ExtensionStatus = { status: -1, text: 'Unknown' };

/** Returns the lamp of a hint; one without devices is unavailable. */
export function extensionStatus(devices: readonly DeviceState[]): ExtensionStatus {
  return EXTENSION_STATUSES[aggregateStates(devices)];
}
