import type { Clock } from '../pbx/clock.ts';
import type { Line } from '../telephony/lines.ts';
import type { Conversations } from './conversations.ts';
import type { Random } from './random.ts';

interface QueueActivityOptions {
  queue: string;
  /** Callers who wait in busy times, and how long such a time and a quiet one last. */
  callers: number;
  busySeconds: readonly [min: number, max: number];
  quietSeconds: readonly [min: number, max: number];
  call: (exten: string) => Line;
  conversations: Conversations;
  clock: Clock;
  random: Random;
}

const CHECK_MS = 1000;
const AGENT_TALK_SECONDS = [60, 150] as const;

/** Callers wait in a queue, are answered by its agents, or lose patience. */
export function createQueueActivity(options: QueueActivityOptions) {
  const { queue, callers, busySeconds, quietSeconds, call, conversations, clock, random } = options;
  const waiting = new Set<Line>();

  const between = ([min, max]: readonly [number, number]): number => random.between(min, max) * 1000;

  /** Lets a leg that rings be answered after some seconds. */
  function serve(caller: Line, ringing: boolean): void {
    const [leg] = caller.ringing();
    if (caller.isOver() || caller.isTalking()) return void waiting.delete(caller);
    if (leg && ringing) {
      conversations.answer(leg);
      waiting.delete(caller);
      return conversations.talk(caller, leg, AGENT_TALK_SECONDS);
    }
    clock.after(leg ? random.between(2000, 7000) : CHECK_MS, () => serve(caller, leg !== undefined));
  }

  function add(): void {
    const caller = call(queue);
    waiting.add(caller);
    serve(caller, false);
    clock.after(random.between(90_000, 240_000), () => waiting.has(caller) && caller.hangUp());
  }

  function refill(until: number): void {
    if (clock.now() >= until) return void clock.after(between(quietSeconds), begin);
    if (waiting.size < callers) add();
    clock.after(random.between(8000, 25_000), () => refill(until));
  }

  function begin(): void {
    refill(clock.now() + between(busySeconds));
  }

  return {
    add,
    start: begin,
  };
}
