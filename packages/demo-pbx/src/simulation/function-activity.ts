import type { DemoPbx } from '../ami/server.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { Clock } from '../pbx/clock.ts';
import { dndDevice, FORWARD_TARGETS } from './functions.ts';
import type { Random } from './random.ts';

/** A device that is on and off in turn. */
interface FunctionDevice {
  readonly device: string;
  readonly on: DeviceState;
  readonly off: DeviceState;
  readonly startsOn: boolean;
  /** Shortest and longest time that it is on or off. */
  readonly onSeconds: readonly [min: number, max: number];
  readonly offSeconds: readonly [min: number, max: number];
}

const functionDevice = (
  device: string,
  onSeconds: FunctionDevice['onSeconds'],
  offSeconds: FunctionDevice['offSeconds'],
  { on = 'INUSE', off = 'NOT_INUSE', startsOn = false }: Partial<FunctionDevice> = {},
): FunctionDevice => ({ device, on, off, startsOn, onSeconds, offSeconds });

const BUSY_OR_OFF = { on: 'BUSY', off: 'UNAVAILABLE' } as const;

/** Changes of functions: night service, a message is left, `*78` is dialled. */
const FUNCTION_DEVICES: readonly FunctionDevice[] = [
  functionDevice('Custom:DAYNIGHT0', [240, 600], [300, 900]),
  functionDevice('Custom:TC1', [180, 300], [300, 600], { startsOn: true }),
  functionDevice('MWI:1120@default', [60, 200], [120, 300], { startsOn: true }),
  functionDevice(dndDevice('1122'), [60, 180], [60, 240], BUSY_OR_OFF),
  functionDevice(dndDevice('1130'), [120, 300], [60, 240], { ...BUSY_OR_OFF, startsOn: true }),
  functionDevice(dndDevice('1137'), [60, 240], [180, 400], BUSY_OR_OFF),
  functionDevice('Custom:CF1117', [300, 900], [120, 300], { ...BUSY_OR_OFF, startsOn: true }),
  functionDevice('Custom:CF1128', [120, 300], [120, 400], BUSY_OR_OFF),
  functionDevice('Custom:FOLLOWME1122', [600, 900], [120, 300], { startsOn: true }),
];

interface FunctionActivityOptions {
  pbx: Pick<DemoPbx, 'setDeviceState' | 'putDatabase'>;
  clock: Clock;
  random: Random;
}

/** Switches the devices of functions and phone features on and off. */
export function createFunctionActivity({ pbx, clock, random }: FunctionActivityOptions) {
  function run(device: FunctionDevice, isOn: boolean): void {
    pbx.setDeviceState(device.device, isOn ? device.on : device.off);
    const [min, max] = isOn ? device.onSeconds : device.offSeconds;
    clock.after(random.between(min * 1000, max * 1000), () => run(device, !isOn));
  }
  return {
    start(): void {
      for (const [extension, target] of Object.entries(FORWARD_TARGETS))
        pbx.putDatabase('CF', extension, target);
      for (const device of FUNCTION_DEVICES) run(device, device.startsOn);
    },
  };
}
