import type { Lamp } from '@lampboard/protocol';
import type { Hint } from './hint.ts';

/** A channel's, such as `PJSIP/1101`; `Custom:DND1101`, `park:71@parkedcalls` and the like are no telephones. */
const TELEPHONE = /^[^/:]+\/./u;
const DND = /^Custom:.*DND/iu;

export function telephonesOf({ devices }: Hint): readonly string[] {
  return devices.filter((device) => TELEPHONE.test(device));
}

/** Those that say “do not disturb”: FreePBX's `Custom:DND<extension>` and `Custom:DEVDND<device>`. */
export function dndDevices({ devices }: Hint): readonly string[] {
  return devices.filter((device) => DND.test(device));
}

/** Asterisk's order: of several devices the last of these counts (`ast_devstate_aggregate_add`). */
const WEIGHTS = [
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
const LAMPS: Readonly<Record<string, Lamp>> = {
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

/** The lamp of devices in these states (`DEVICE_STATE()`), as the hint of these alone would have it. */
export function lampOfDevices(states: readonly string[]): Lamp {
  const isAmong = (...some: string[]) => states.some((state) => some.includes(state));
  if (isAmong('RINGING') && isAmong('INUSE', 'ONHOLD', 'BUSY')) return 'in-use-ringing';
  const heaviest = states.toSorted((a, b) => WEIGHTS.indexOf(a) - WEIGHTS.indexOf(b)).at(-1);
  return LAMPS[heaviest ?? 'INVALID'] ?? 'unknown';
}
