import type { DemoPbx } from '../ami/server.ts';
import type { Clock } from '../pbx/clock.ts';
import type { Line } from '../telephony/lines.ts';
import type { Conversations } from './conversations.ts';
import { MENU, RECEPTION, TRUNK } from './office-telephony.ts';
import type { createOutsideCallers } from './outside-callers.ts';
import type { Random } from './random.ts';

/** A call at the start of the simulation; an outside party has no extension. */
export interface InitialCall {
  caller?: string;
  callee?: string;
  phase: 'ringing' | 'talking' | 'held by callee';
  /** Age in seconds. */
  seconds: number;
}

interface CallsOptions {
  pbx: DemoPbx;
  conversations: Conversations;
  outside: ReturnType<typeof createOutsideCallers>;
  extensions: readonly string[];
  clock: Clock;
  random: Random;
}

const MAX_BUSY_PHONES = 12;

/** Simulates calls between people, and with people outside. */
export function createCalls({ pbx, conversations, outside, extensions, clock, random }: CallsOptions) {
  const wait = (from: number, to: number, run: () => void): void =>
    void clock.after(random.between(from * 1000, to * 1000), run);

  const linesOf = (extension: string): Line[] => pbx.phone(extension).lines();
  const isRegistered = (extension: string): boolean => pbx.phone(extension).isRegistered();

  const idlePhones = (): string[] =>
    extensions.filter((extension) => isRegistered(extension) && linesOf(extension).length === 0);

  const fromOutside = (exten: string): Line => {
    const { number, name, withheld = false } = outside.next();
    return pbx.stranger({ from: number, name, exten, withheld, trunk: TRUNK });
  };

  /** Presses a key of the menu, or waits until it goes on by itself. */
  function callMenu(): void {
    const call = fromOutside(MENU);
    wait(5, 10, () => {
      if (random.chance(0.8)) call.press(random.pick(['0', '0', '2']) ?? '0');
      conversations.ring(call, 0.8);
    });
  }

  function callBusyPhone(): void {
    const busy = extensions.filter((extension) => {
      const [line, ...others] = linesOf(extension);
      return line?.isTalking() && others.length === 0;
    });
    const callee = random.pick(busy);
    if (callee !== undefined) conversations.ring(fromOutside(callee), 0);
  }

  function listenToMessages(extension: string): void {
    const call = pbx.phone(extension).dial('*97');
    wait(15, 40, call.hangUp);
  }

  function callOrDial(): void {
    const idle = idlePhones();
    const first = random.pick(idle);
    if (first === undefined || extensions.filter(isRegistered).length - idle.length > MAX_BUSY_PHONES) return;
    const chance = random.between(0, 1);
    if (chance < 0.05) return listenToMessages(first);
    if (chance < 0.14) return callMenu();
    if (chance < 0.2) return conversations.ring(fromOutside(RECEPTION), 0.9);
    if (chance < 0.38) return conversations.ring(pbx.phone(first).dial(outside.nextNumber()), 0.85);
    if (chance < 0.62) return conversations.ring(fromOutside(first), 0.85);
    const second = random.pick(idle);
    if (second !== undefined && second !== first) conversations.ring(pbx.phone(first).dial(second), 0.85);
  }

  function nextCall(): void {
    if (random.chance(0.1)) callBusyPhone();
    else callOrDial();
    wait(3, 10, nextCall);
  }

  return {
    fromOutside,
    idlePhone: () => random.pick(idlePhones()),
    idlePhones,
    addCall({ caller, callee, phase, seconds }: InitialCall): void {
      pbx.backdate(seconds * 1000, () => {
        const call =
          caller === undefined
            ? fromOutside(callee ?? RECEPTION)
            : pbx.phone(caller).dial(callee ?? outside.nextNumber());
        const leg = call.ringing()[0];
        if (phase === 'ringing' || !leg) return conversations.ring(call, 1);
        leg.answer();
        if (phase === 'held by callee') conversations.hold(leg);
        conversations.talk(call, leg);
      });
    },
    start: () => wait(1, 2, nextCall),
  };
}
