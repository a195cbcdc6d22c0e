import type { Clock } from '../pbx/clock.ts';
import type { Leg, Phones } from './phones.ts';
import type { Random } from './random.ts';

/** An external party is undefined. */
interface Parties {
  caller: string | undefined;
  callee: string | undefined;
}

/** A call at the start of the simulation. */
export interface InitialCall extends Parties {
  phase: 'ringing' | 'talking' | 'caller held' | 'callee held';
}

interface CallsOptions {
  phones: Phones;
  extensions: readonly string[];
  clock: Clock;
  random: Random;
}

const MAX_BUSY_PHONES = 12;
const seconds = (count: number): number => count * 1000;

function hangUp(legs: readonly (Leg | undefined)[]): void {
  for (const leg of legs) leg?.end();
}

/** Simulates internal and external calls that ring, are answered, held and ended. */
export function createCalls({ phones, extensions, clock, random }: CallsOptions) {
  const startLeg = (extension: string | undefined, state: 'RINGING' | 'INUSE'): Leg | undefined =>
    extension === undefined ? undefined : phones.leg(extension, state);

  function talk(caller: Leg | undefined, callee: Leg | undefined, holdChance: number): void {
    const remainingMs = seconds(random.between(10, 70));
    const held = random.chance(0.5) ? (callee ?? caller) : (caller ?? callee);
    if (!held || !random.chance(holdChance)) {
      clock.after(remainingMs, () => hangUp([caller, callee]));
      return;
    }
    clock.after(remainingMs / 2, () => hold(held, caller, callee));
  }

  function hold(held: Leg, caller: Leg | undefined, callee: Leg | undefined): void {
    held.set('ONHOLD');
    clock.after(seconds(random.between(5, 20)), () => {
      held.set('INUSE');
      talk(caller, callee, 0);
    });
  }

  function ring({ caller, callee }: Parties, answerChance: number): void {
    const from = startLeg(caller, 'INUSE');
    const to = startLeg(callee, 'RINGING');
    const answered = random.chance(answerChance);
    const ringing = answered ? random.between(2, 8) : random.between(8, 20);
    clock.after(seconds(ringing), () => {
      if (!answered) return hangUp([from, to]);
      to?.set('INUSE');
      talk(from, to, 0.3);
    });
  }

  function chooseParties(): Parties | undefined {
    const registered = extensions.filter((extension) => phones.isRegistered(extension));
    const idle = registered.filter((extension) => phones.isIdle(extension));
    const first = random.pick(idle);
    if (first === undefined || registered.length - idle.length > MAX_BUSY_PHONES) return undefined;
    if (random.chance(0.25)) return { caller: first, callee: undefined };
    if (random.chance(0.45)) return { caller: undefined, callee: first };
    const second = random.pick(idle);
    return second === first ? undefined : { caller: first, callee: second };
  }

  function nextCall(): void {
    const busy = extensions.filter((extension) => phones.isTalking(extension));
    if (random.chance(0.12) && busy.length > 0) ring({ caller: undefined, callee: random.pick(busy) }, 0);
    else {
      const parties = chooseParties();
      if (parties) ring(parties, 0.85);
    }
    clock.after(seconds(random.between(3, 11)), nextCall);
  }

  return {
    addCall({ caller, callee, phase }: InitialCall): void {
      if (phase === 'ringing') return ring({ caller, callee }, 1);
      const from = startLeg(caller, 'INUSE');
      const to = startLeg(callee, 'INUSE');
      const held = phase === 'talking' ? undefined : phase === 'caller held' ? from : to;
      if (held) hold(held, from, to);
      else talk(from, to, 0.3);
    },
    start: () => void clock.after(seconds(random.between(1, 2)), nextCall),
  };
}
