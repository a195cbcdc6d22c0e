import type { DemoPbx } from '../api.ts';
import { type OpeningCall, createCalls } from './calls.ts';
import { type Clock, createStoppableClock, realClock } from './clock.ts';
import { createMoods } from './moods.ts';
import { officeDirectory } from './people.ts';
import { createPhones } from './phones.ts';
import { createRandom } from './random.ts';

interface OfficeOptions {
  pbx: DemoPbx;
  /** The same seed and clock give the same day. */
  seed?: number;
  clock?: Clock;
}

const OUTSIDE = undefined;

/** Nine on the phone, one ringing, at first sight. */
const OPENING_CALLS: readonly OpeningCall[] = [
  { caller: '1104', callee: OUTSIDE, at: 'talking' },
  { caller: OUTSIDE, callee: '1102', at: 'ringing' },
  { caller: '1106', callee: OUTSIDE, at: 'caller held' },
  { caller: OUTSIDE, callee: '1107', at: 'talking' },
  { caller: OUTSIDE, callee: '1113', at: 'talking' },
  { caller: '1118', callee: OUTSIDE, at: 'talking' },
  { caller: '1126', callee: '1143', at: 'talking' },
  { caller: OUTSIDE, callee: '1132', at: 'talking' },
  { caller: OUTSIDE, callee: '1145', at: 'talking' },
];

const UNREGISTERED = ['1108', '1115'];

/**
 * Fills a PBX that has `officeHints` with 48 telephones and the people at them: some on the phone at once, a lamp
 * changing every second or two, a presence about every 20 s. A presence that an AMI client set is never overwritten.
 */
export function startOffice(options: OfficeOptions): { stop(): void } {
  const { pbx, seed = 1 } = options;
  const clock = createStoppableClock({ clock: options.clock ?? realClock });
  const random = createRandom({ seed });
  const phones = createPhones({ pbx });
  const extensions = officeDirectory.map(({ extension }) => extension);
  const calls = createCalls({ phones, extensions, clock, random });
  const moods = createMoods({ pbx, clock, random });

  // Now and then somebody's phone is unplugged or comes back; about two are missing at any time.
  function replug(): void {
    const gone = extensions.filter((extension) => !phones.isRegistered(extension));
    const there = extensions.filter(
      (extension) => phones.isIdle(extension) && phones.isRegistered(extension),
    );
    const extension = random.pick(gone.length > 2 || (gone.length > 1 && random.chance(0.5)) ? gone : there);
    if (extension !== undefined) phones.register(extension, gone.includes(extension));
    clock.after(random.between(60_000, 120_000), replug);
  }

  for (const extension of extensions) phones.register(extension, !UNREGISTERED.includes(extension));
  for (const call of OPENING_CALLS) calls.open(call);
  moods.open();
  calls.start();
  moods.start();
  clock.after(random.between(60_000, 120_000), replug);
  return { stop: () => clock.stop() };
}
