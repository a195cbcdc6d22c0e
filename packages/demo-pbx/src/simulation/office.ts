import type { DemoPbx } from '../ami/server.ts';
import { type InitialCall, createCalls } from './calls.ts';
import { type Clock, createStoppableClock, realClock } from '../pbx/clock.ts';
import { createFunctionActivity } from './function-activity.ts';
import { createPresenceActivity } from './presence-activity.ts';
import { officeDirectory } from './directory.ts';
import { createConferenceActivity } from './conference-activity.ts';
import { createConversations } from './conversations.ts';
import { SALES_QUEUE, SUPPORT_QUEUE } from './office-telephony.ts';
import { createOutsideCallers } from './outside-callers.ts';
import { createParkingActivity } from './parking-activity.ts';
import { createQueueActivity } from './queue-activity.ts';
import { createRandom } from './random.ts';

interface OfficeOptions {
  pbx: DemoPbx;
  /** The same seed and clock give the same events. */
  seed?: number;
  clock?: Clock;
}

/** Of the parties one may be outside. */
const INITIAL_CALLS: readonly InitialCall[] = [
  { caller: '1104', phase: 'talking', seconds: 215 },
  { callee: '1102', phase: 'ringing', seconds: 3 },
  { caller: '1106', phase: 'held by callee', seconds: 431 },
  { callee: '1107', phase: 'talking', seconds: 96 },
  { callee: '1113', phase: 'talking', seconds: 127 },
  { caller: '1118', phase: 'talking', seconds: 42 },
  { caller: '1126', callee: '1143', phase: 'talking', seconds: 754 },
  { callee: '1132', phase: 'talking', seconds: 58 },
  { callee: '1145', phase: 'talking', seconds: 12 },
];
const INITIAL_CONFERENCE = ['1112', '1141'];
/** Since when callers wait in the queue for support, in seconds. */
const INITIAL_QUEUE = [164, 38];
const INITIAL_PARKER = '1120';

const UNREGISTERED = ['1108', '1115'];

/**
 * Simulates 48 phones, their users and the functions of a FreePBX on a PBX with `officeHints` and `officeTelephony`, by
 * its clock: a lamp changes every second or two, a presence about every 20 s. A presence that an AMI client set is never
 * overwritten.
 */
export function startOffice({ pbx, seed = 1, ...options }: OfficeOptions): { stop(): void } {
  const clock = createStoppableClock(options.clock ?? realClock);
  const random = createRandom({ seed });
  const extensions = officeDirectory.map(({ extension }) => extension);
  const outside = createOutsideCallers(createRandom({ seed: seed + 1 }));
  const idlePhone = (): string | undefined => calls.idlePhone();
  const conversations = createConversations({ pbx, clock, random, idlePhone });
  const calls = createCalls({ pbx, conversations, outside, extensions, clock, random });
  const shared = { pbx, clock, random, conversations, idlePhone, call: calls.fromOutside };
  const supportQueue = createQueueActivity({
    ...shared,
    queue: SUPPORT_QUEUE,
    callers: 2,
    busySeconds: [400, 900],
    quietSeconds: [120, 300],
  });
  const salesQueue = createQueueActivity({
    ...shared,
    queue: SALES_QUEUE,
    callers: 1,
    busySeconds: [20, 60],
    quietSeconds: [90, 240],
  });
  const parkingActivity = createParkingActivity(shared);
  const teamCall = createConferenceActivity({
    ...shared,
    room: '8000',
    seconds: [300, 900],
    emptySeconds: [60, 180],
  });
  const customerCall = createConferenceActivity({
    ...shared,
    room: '8001',
    seconds: [120, 600],
    emptySeconds: [180, 400],
  });
  const presenceActivity = createPresenceActivity({ pbx, clock, random });
  const functionActivity = createFunctionActivity({ pbx, clock, random: createRandom({ seed: ~seed }) });

  const setRegistered = (extension: string, registered: boolean): void =>
    pbx.setDeviceState(`PJSIP/${extension}`, registered ? 'NOT_INUSE' : 'UNAVAILABLE');

  // About two phones are unregistered at any time.
  function toggleRegistration(): void {
    const unregistered = extensions.filter((extension) => !pbx.phone(extension).isRegistered());
    const extension = random.pick(
      unregistered.length > 2 || (unregistered.length > 1 && random.chance(0.5))
        ? unregistered
        : calls.idlePhones(),
    );
    if (extension !== undefined) setRegistered(extension, unregistered.includes(extension));
    clock.after(random.between(60_000, 120_000), toggleRegistration);
  }

  for (const { extension, name } of officeDirectory) pbx.putDatabase('AMPUSER', `${extension}/cidname`, name);
  for (const extension of extensions) setRegistered(extension, !UNREGISTERED.includes(extension));
  for (const call of INITIAL_CALLS) calls.addCall(call);
  pbx.backdate(612_000, () => INITIAL_CONFERENCE.forEach(teamCall.join));
  for (const seconds of INITIAL_QUEUE) pbx.backdate(seconds * 1000, supportQueue.add);
  parkingActivity.park(INITIAL_PARKER);
  presenceActivity.setInitial();
  calls.start();
  for (const activity of [supportQueue, parkingActivity, teamCall, customerCall]) activity.start();
  clock.after(random.between(30_000, 60_000), salesQueue.start);
  presenceActivity.start();
  functionActivity.start();
  clock.after(random.between(60_000, 120_000), toggleRegistration);
  return { stop: () => clock.stop() };
}
