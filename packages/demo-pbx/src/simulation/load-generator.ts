import type { DemoPbx } from '../ami/server.ts';
import type { DeviceState } from '../pbx/device-state.ts';
import type { DemoHint } from '../pbx/hint-registry.ts';
import { type Clock, createStoppableClock, realClock, startAtRate } from '../pbx/clock.ts';
import type { Line } from '../telephony/lines.ts';
import { AVAILABLE, SAMPLE_PRESENCES } from './sample-messages.ts';
import { createRandom } from './random.ts';

const FIRST_EXTENSION = 10_000;
const TICK_MS = 20;
/** Every 20th change is a presence, the others are lamps. */
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

/** Generates hints with a presence, numbered from 10000. */
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
  /** Changes per second. */
  rate: number;
  seed?: number;
  clock?: Clock;
}

/** Changes lamps, and some presences, at a steady rate. Each lamp change sets a different state. */
export function startLoadGenerator(options: LoadGeneratorOptions): { stop(): void } {
  const { pbx, extensions, rate, seed = 1, clock = realClock } = options;
  const random = createRandom({ seed });
  let changes = 0;

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

  return startAtRate(clock, TICK_MS, rate, (count) => {
    for (let index = 0; index < count; index += 1) change();
  });
}

/** From its begin to its end. */
const CALL_MS = 50_000;
const RING_MS = 3000;

interface CallLoadOptions {
  pbx: Pick<DemoPbx, 'phone' | 'stranger' | 'backdate'>;
  extensions: number;
  /** At any time. */
  calls: number;
  seed?: number;
  clock?: Clock;
}

/** Holds the number of calls; each ends after 50 s, and another one begins. Half of them are with outside callers. */
export function startCallLoad(options: CallLoadOptions): { stop(): void } {
  const { pbx, extensions, calls, seed = 1 } = options;
  const clock = createStoppableClock(options.clock ?? realClock);
  const random = createRandom({ seed });
  const open: Line[] = [];

  const anyExtension = (): string => String(FIRST_EXTENSION + Math.floor(random.between(0, extensions)));

  function begin(): Line {
    const from = String(Math.floor(random.between(4_930_000_000, 4_930_999_999)));
    const exten = anyExtension();
    const call = random.chance(0.5)
      ? pbx.stranger({ from, name: `Caller ${from}`, exten })
      : pbx.phone(anyExtension()).dial(exten);
    open.push(call);
    return call;
  }

  const answer = (call: Line): void => call.ringing()[0]?.answer();

  for (let index = calls; index > 0; index -= 1)
    pbx.backdate((index / calls) * CALL_MS, () => answer(begin()));
  startAtRate(clock, TICK_MS, (calls * 1000) / CALL_MS, (count) => {
    for (let index = 0; index < count; index += 1) {
      open.shift()?.hangUp();
      const call = begin();
      clock.after(RING_MS, () => answer(call));
    }
  });
  return { stop: clock.stop };
}
