import type { Lamp } from '@lampboard/protocol';
import type { Hint } from './hint.ts';

/**
 * Returns the lamp for the bit mask in `ExtensionStatus.Status`: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold
 * (`enum ast_extension_states` of Asterisk's pbx.h). Any other combination is `unknown`.
 */
export function lampFromStatus(status: number): Lamp {
  return LAMP_OF_STATUS[status] ?? 'unknown';
}

const LAMP_OF_STATUS: Readonly<Record<number, Lamp>> = {
  0: 'idle',
  1: 'in-use',
  2: 'busy',
  4: 'unavailable',
  8: 'ringing',
  9: 'in-use-ringing',
  16: 'on-hold',
  17: 'in-use-on-hold',
};

/** Such as `PJSIP/1101`; `Custom:DND1101`, `park:71@parkedcalls` and the like are no phones. */
const PHONE_DEVICE = /^[^/:]+\/./u;
const DND_DEVICE = /^Custom:.*DND/iu;

export function phoneDevices({ devices }: Hint): readonly string[] {
  return devices.filter((device) => PHONE_DEVICE.test(device));
}

/** FreePBX's `Custom:DND<extension>` and `Custom:DEVDND<device>`. */
export function dndDevices({ devices }: Hint): readonly string[] {
  return devices.filter((device) => DND_DEVICE.test(device));
}

/** Lamps by device state; of several devices the last of these counts (`ast_devstate_aggregate_add`). */
const LAMP_OF_STATE: Readonly<Record<string, Lamp>> = {
  INVALID: 'unavailable',
  UNKNOWN: 'idle',
  UNAVAILABLE: 'unavailable',
  NOT_INUSE: 'idle',
  ONHOLD: 'on-hold',
  RINGING: 'ringing',
  INUSE: 'in-use',
  BUSY: 'busy',
  RINGINUSE: 'in-use-ringing',
};
const precedence = (state: string) => Object.keys(LAMP_OF_STATE).indexOf(state);

/** Returns the lamp of a hint whose devices have these states (`DEVICE_STATE()`). */
export function lampFromDeviceStates(states: readonly string[]): Lamp {
  const includesAny = (...candidates: string[]) => states.some((state) => candidates.includes(state));
  if (includesAny('RINGING') && includesAny('INUSE', 'ONHOLD', 'BUSY')) return 'in-use-ringing';
  const strongest = states.toSorted((a, b) => precedence(a) - precedence(b)).at(-1) ?? 'INVALID';
  return LAMP_OF_STATE[strongest] ?? 'unknown';
}
