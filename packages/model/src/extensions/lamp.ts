import type { Lamp } from '@lampboard/protocol';
import type { Hint } from './hint.ts';

/**
 * Returns the lamp for the bit mask in `ExtensionStatus.Status`: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold
 * (`enum ast_extension_states` of Asterisk's pbx.h). Any other combination is `unknown`.
 */
export function lampFromStatus(status: number): Lamp {
  switch (status) {
    case 0:
      return 'idle';
    case 1:
      return 'in-use';
    case 2:
      return 'busy';
    case 4:
      return 'unavailable';
    case 8:
      return 'ringing';
    case 9:
      return 'in-use-ringing';
    case 16:
      return 'on-hold';
    case 17:
      return 'in-use-on-hold';
    default:
      return 'unknown';
  }
}

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

/** Of several devices the last of these counts (`ast_devstate_aggregate_add`). */
const STATE_PRECEDENCE = [
  'INVALID',
  'UNKNOWN',
  'UNAVAILABLE',
  'NOT_INUSE',
  'ONHOLD',
  'RINGING',
  'INUSE',
  'BUSY',
  'RINGINUSE',
];
const LAMP_OF_STATE: Readonly<Record<string, Lamp>> = {
  UNKNOWN: 'idle',
  UNAVAILABLE: 'unavailable',
  INVALID: 'unavailable',
  NOT_INUSE: 'idle',
  ONHOLD: 'on-hold',
  RINGING: 'ringing',
  INUSE: 'in-use',
  BUSY: 'busy',
  RINGINUSE: 'in-use-ringing',
};

/** Returns the lamp of a hint whose devices have these states (`DEVICE_STATE()`). */
export function lampFromDeviceStates(states: readonly string[]): Lamp {
  const includesAny = (...candidates: string[]) => states.some((state) => candidates.includes(state));
  if (includesAny('RINGING') && includesAny('INUSE', 'ONHOLD', 'BUSY')) return 'in-use-ringing';
  const strongest = states
    .toSorted((a, b) => STATE_PRECEDENCE.indexOf(a) - STATE_PRECEDENCE.indexOf(b))
    .at(-1);
  return LAMP_OF_STATE[strongest ?? 'INVALID'] ?? 'unknown';
}
