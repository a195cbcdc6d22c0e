import type { DemoPbx } from '../types.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { DemoHint } from '../pbx/hint-registry.ts';
import { type Clock, realClock } from './clock.ts';
import { AVAILABLE, SAMPLE_PRESENCES } from './sample-messages.ts';
import { createRandom } from './random.ts';

const FIRST_EXTENSION = 10_000;
const TICK_MS = 20;
/** One change in so many is a presence, the others are lamps. */
const CHANGES_PER_PRESENCE = 20;

const STATES: readonly DeviceState[] = [
  'NOT_INUSE',
  'INUSE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
  'BUSY',
  'UNAVAILABLE',
];

/** Hints of so many extensions, numbered from 10000, each with a presence. */
export function generateHints(extensions: number): DemoHint[] {
  return Array.from({ length: extensions }, (_, index) => {
    const exten = String(FIRST_EXTENSION + index);
    const hint = `PJSIP/${exten},CustomPresence:${exten}`;
    return { exten, context: 'default', hint, name: `Extension ${exten}` };
  });
}

interface LoadGeneratorOptions {
  pbx: Pick<DemoPbx, 'deviceState' | 'setDeviceState' | 'setPresence' | 'presenceSource'>;
  extensions: number;
  /** Changes a second. */
  rate: number;
  seed?: number;
  clock?: Clock;
}

/** Changes lamps, and now and then a presence, at a steady rate. Every change is one: no state is set twice. */
export function startLoadGenerator(options: LoadGeneratorOptions): { stop(): void } {
  const { pbx, extensions, rate, seed = 1, clock = realClock } = options;
  const random = createRandom({ seed });
  let changes = 0;
  let due = 0;
  let last = clock.now();

  function change(): void {
    const extension = FIRST_EXTENSION + Math.floor(random.between(0, extensions));
    changes += 1;
    const provider = `CustomPresence:${extension}`;
    if (changes % CHANGES_PER_PRESENCE === 0 && pbx.presenceSource(provider) !== 'ami') {
      pbx.setPresence(provider, random.pick(SAMPLE_PRESENCES) ?? AVAILABLE);
      return;
    }
    const device = `PJSIP/${extension}`;
    const now = pbx.deviceState(device);
    pbx.setDeviceState(device, random.pick(STATES.filter((state) => state !== now)) ?? 'NOT_INUSE');
  }

  let cancel = clock.after(TICK_MS, tick);
  function tick(): void {
    // Timers are late, and the more so the more there is to do: the rate is kept all the same.
    const now = clock.now();
    for (due += (rate * (now - last)) / 1000; due >= 1; due -= 1) change();
    last = now;
    cancel = clock.after(TICK_MS, tick);
  }
  return { stop: () => cancel() };
}
