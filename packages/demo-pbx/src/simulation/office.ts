import type { DemoPbx } from '../ami/server.ts';
import { type InitialCall, createCalls } from './calls.ts';
import { type Clock, createStoppableClock, realClock } from '../pbx/clock.ts';
import { createFunctionActivity } from './function-activity.ts';
import { createPresenceActivity } from './presence-activity.ts';
import { officeDirectory } from './directory.ts';
import { createPhones } from './phones.ts';
import { createRandom } from './random.ts';

interface OfficeOptions {
  pbx: DemoPbx;
  /** The same seed and clock give the same events. */
  seed?: number;
  clock?: Clock;
}

const EXTERNAL = undefined;

const INITIAL_CALLS: readonly InitialCall[] = [
  { caller: '1104', callee: EXTERNAL, phase: 'talking' },
  { caller: EXTERNAL, callee: '1102', phase: 'ringing' },
  { caller: '1106', callee: EXTERNAL, phase: 'caller held' },
  { caller: EXTERNAL, callee: '1107', phase: 'talking' },
  { caller: EXTERNAL, callee: '1113', phase: 'talking' },
  { caller: '1118', callee: EXTERNAL, phase: 'talking' },
  { caller: '1126', callee: '1143', phase: 'talking' },
  { caller: EXTERNAL, callee: '1132', phase: 'talking' },
  { caller: EXTERNAL, callee: '1145', phase: 'talking' },
];

const UNREGISTERED = ['1108', '1115'];

/**
 * Simulates 48 phones, their users and the functions of a FreePBX on a PBX with `officeHints`: a lamp changes every second
 * or two, a presence about every 20 s. A presence that an AMI client set is never overwritten.
 */
export function startOffice({ pbx, seed = 1, ...options }: OfficeOptions): { stop(): void } {
  const clock = createStoppableClock(options.clock ?? realClock);
  const random = createRandom({ seed });
  const phones = createPhones(pbx);
  const extensions = officeDirectory.map(({ extension }) => extension);
  const calls = createCalls({ phones, extensions, clock, random });
  const presenceActivity = createPresenceActivity({ pbx, clock, random });
  const functionActivity = createFunctionActivity({ pbx, clock, random: createRandom({ seed: ~seed }) });

  // About two phones are unregistered at any time.
  function toggleRegistration(): void {
    const unregistered = extensions.filter((extension) => !phones.isRegistered(extension));
    const registered = extensions.filter(
      (extension) => phones.isIdle(extension) && phones.isRegistered(extension),
    );
    const extension = random.pick(
      unregistered.length > 2 || (unregistered.length > 1 && random.chance(0.5)) ? unregistered : registered,
    );
    if (extension !== undefined) phones.setRegistered(extension, unregistered.includes(extension));
    clock.after(random.between(60_000, 120_000), toggleRegistration);
  }

  for (const { extension, name } of officeDirectory) pbx.putDatabase('AMPUSER', `${extension}/cidname`, name);
  for (const extension of extensions) phones.setRegistered(extension, !UNREGISTERED.includes(extension));
  for (const call of INITIAL_CALLS) calls.addCall(call);
  presenceActivity.setInitial();
  calls.start();
  presenceActivity.start();
  functionActivity.start();
  clock.after(random.between(60_000, 120_000), toggleRegistration);
  return { stop: () => clock.stop() };
}
