/** Asterisk's device states in Asterisk's order. */
const DEVICE_STATES = [
  'UNKNOWN',
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
] as const;

export type DeviceState = (typeof DEVICE_STATES)[number];

/** The device state of a word in either case, or undefined where Asterisk would not know it. */
export function parseDeviceState(text: string): DeviceState | undefined {
  const upper = text.toUpperCase();
  return DEVICE_STATES.find((state) => state === upper);
}

const PRECEDENCE: Readonly<Record<DeviceState, number>> = {
  INVALID: 0,
  UNKNOWN: 1,
  UNAVAILABLE: 2,
  NOT_INUSE: 3,
  ONHOLD: 4,
  RINGING: 5,
  INUSE: 6,
  BUSY: 7,
  RINGINUSE: 8,
};

/** The one state of several devices: the weightiest, and ringing beside a call is ringing in use. */
export function aggregateStates(states: readonly DeviceState[]): DeviceState {
  let result: DeviceState = 'INVALID';
  let ringing = false;
  let inUse = false;
  for (const state of states) {
    ringing ||= state === 'RINGING';
    inUse ||= state === 'INUSE' || state === 'ONHOLD' || state === 'BUSY';
    if (PRECEDENCE[state] > PRECEDENCE[result]) result = state;
  }
  return ringing && inUse ? 'RINGINUSE' : result;
}

/** Status (a bit mask) and StatusText of an extension. */
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

/** The lamp of a hint with these devices; one without any device is unavailable. */
export function extensionStatus(devices: readonly DeviceState[]): ExtensionStatus {
  return EXTENSION_STATUSES[aggregateStates(devices)];
}
