import type { DemoPbx } from '../ami/server.ts';
import type { Clock } from '../pbx/clock.ts';
import type { Line } from '../telephony/lines.ts';
import type { Conversations } from './conversations.ts';
import type { Random } from './random.ts';

interface ParkingActivityOptions {
  pbx: DemoPbx;
  /** Calls an extension from outside. */
  call: (exten: string) => Line;
  idlePhone: () => string | undefined;
  conversations: Conversations;
  clock: Clock;
  random: Random;
}

/** A caller is answered and parked; a colleague takes the call, or it returns to who parked it. */
export function createParkingActivity(options: ParkingActivityOptions) {
  const { pbx, call, idlePhone, conversations, clock, random } = options;

  const wait = (from: number, to: number, run: () => void): void =>
    void clock.after(random.between(from * 1000, to * 1000), run);

  function retrieve(caller: Line): void {
    const [slot, colleague] = [caller.slot(), idlePhone()];
    if (slot === undefined || colleague === undefined) return;
    conversations.talk(caller, pbx.phone(colleague).dial(slot));
  }

  /** After the time-out the parker's phone rings. */
  function followUp(caller: Line): void {
    if (caller.isOver() || caller.isTalking()) return;
    if (caller.slot() !== undefined) wait(2, 4, () => followUp(caller));
    else conversations.ring(caller, 0.9);
  }

  function park(extension: string): void {
    const caller = call(extension);
    const [leg] = caller.ringing();
    if (!leg) return caller.hangUp();
    leg.answer();
    leg.park();
    if (random.chance(0.75)) wait(25, 75, () => retrieve(caller));
    followUp(caller);
  }

  function next(): void {
    const parker = idlePhone();
    if (parker !== undefined) park(parker);
    wait(30, 80, next);
  }

  return {
    park,
    start: () => wait(40, 80, next),
  };
}
