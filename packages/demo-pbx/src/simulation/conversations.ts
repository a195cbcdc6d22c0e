import type { DemoPbx } from '../ami/server.ts';
import type { Line } from '../telephony/lines.ts';
import type { Clock } from '../pbx/clock.ts';
import { dndDevice, FORWARD_TARGETS } from './functions.ts';
import { TRUNK } from './office-telephony.ts';
import type { Random } from './random.ts';

interface ConversationsOptions {
  pbx: DemoPbx;
  clock: Clock;
  random: Random;
  /** An idle phone, undefined where there is none. */
  idlePhone: () => string | undefined;
}

export type Conversations = ReturnType<typeof createConversations>;

const seconds = (count: number): number => count * 1000;
const isInside = ({ endpoint }: Line): boolean => endpoint !== TRUNK;

/** Actions on a call that rings or is answered: hold, transfer, pick up, leave a message, end. */
export function createConversations({ pbx, clock, random, idlePhone }: ConversationsOptions) {
  const wait = (from: number, to: number, run: () => void): void =>
    void clock.after(seconds(random.between(from, to)), run);

  /** Answers a leg, and holds what its phone is talking with. */
  function answer(leg: Line): void {
    if (isInside(leg)) pbx.phone(leg.endpoint).hold();
    leg.answer();
  }

  function hold(line: Line): void {
    line.hold();
    wait(5, 20, line.resume);
  }

  /** `one` asks a colleague while `other` is on hold, then connects both. */
  function consult(one: Line, other: Line): void {
    const colleague = idlePhone();
    if (colleague === undefined || !one.isTalking()) return;
    const consultation = pbx.phone(one.endpoint).dial(colleague);
    wait(2, 6, () => {
      const leg = consultation.ringing()[0];
      if (leg) answer(leg);
      wait(4, 10, () => {
        one.connectWith(consultation);
        if (other.isTalking() && one.isOver()) return wait(10, 50, other.hangUp);
        consultation.hangUp();
        one.resume();
      });
    });
  }

  function transfer(one: Line, other: Line): void {
    const colleague = idlePhone();
    if (colleague === undefined || !one.isTalking()) return;
    one.transfer(colleague);
    ring(other, 0.9);
  }

  /** The middle of a talk, of which about every second has one. */
  function interlude(one: Line, other: Line): void {
    const inside = random.pick([one, other].filter(isInside)) ?? one;
    const outside = inside === one ? other : one;
    const chance = random.between(0, 1);
    if (chance < 0.45) hold(random.chance(0.6) ? inside : outside);
    else if (chance < 0.52) transfer(inside, outside);
    else if (chance < 0.58) consult(inside, outside);
  }

  /** Lets two lines talk for a while. */
  function talk(one: Line, other: Line, [min, max]: readonly [number, number] = [10, 70]): void {
    const duration = random.between(min, max);
    clock.after(seconds(duration / 2), () => one.isTalking() && interlude(one, other));
    clock.after(seconds(duration), () => {
      // A call on hold, or one that was transferred, ends by what was done with it.
      if (one.isTalking() && !one.isHolding() && !other.isHolding())
        (random.chance(0.5) ? one : other).hangUp();
      else wait(20, 40, () => [one, other].forEach((line) => line.isTalking() && line.hangUp()));
    });
  }

  /** Nobody answers: the caller gives up, or leaves a message when the mailbox answers. */
  function giveUp(call: Line): void {
    if (random.chance(0.75)) return call.hangUp();
    wait(20, 45, call.hangUp);
  }

  /** A phone that is forwarded sends its call on; one on do not disturb rejects it. */
  function followFeatures(leg: Line): void {
    const { endpoint } = leg;
    const target = FORWARD_TARGETS[endpoint];
    if (target !== undefined && pbx.deviceState(`Custom:CF${endpoint}`) === 'BUSY') leg.redirect(target);
    else if (pbx.deviceState(dndDevice(endpoint)) === 'BUSY') leg.reject();
  }

  /** Lets the legs of a call ring until one is answered, or the caller gives up. */
  function ring(call: Line, answerChance: number): void {
    const answered = random.chance(answerChance);
    for (const leg of call.ringing()) followFeatures(leg);
    clock.after(seconds(answered ? random.between(2, 8) : random.between(8, 20)), () => {
      const leg = random.pick(call.ringing());
      const colleague = random.chance(0.05) ? idlePhone() : undefined;
      if (!leg || !answered) return giveUp(call);
      if (colleague !== undefined && isInside(leg)) {
        const taker = pbx.phone(colleague).dial(`**${leg.endpoint}`);
        return talk(call, taker);
      }
      answer(leg);
      talk(call, leg);
    });
  }

  return { answer, talk, ring, hold };
}
