import type { DemoPbx } from '../ami/server.ts';
import type { Clock } from '../pbx/clock.ts';
import type { Line } from '../telephony/lines.ts';
import type { Random } from './random.ts';

interface ConferenceActivityOptions {
  pbx: DemoPbx;
  room: string;
  /** Duration, and the time for which the room then is empty. */
  seconds: readonly [min: number, max: number];
  emptySeconds: readonly [min: number, max: number];
  /** Calls an extension from outside. */
  call: (exten: string) => Line;
  idlePhone: () => string | undefined;
  clock: Clock;
  random: Random;
}

/** People join a conference one after the other, and leave at its end. */
export function createConferenceActivity(options: ConferenceActivityOptions) {
  const { pbx, room, seconds, emptySeconds, call, idlePhone, clock, random } = options;

  const wait = ([min, max]: readonly [number, number], run: () => void): void =>
    void clock.after(random.between(min * 1000, max * 1000), run);

  function join(extension: string | undefined): void {
    if (extension === undefined) return;
    const line = pbx.phone(extension).dial(room);
    wait(seconds, line.hangUp);
  }

  function meet(): void {
    const people = Math.floor(random.between(2, 5));
    for (let index = 0; index < people; index += 1) wait([0, 30], () => join(idlePhone()));
    if (random.chance(0.5)) {
      const guest = call(room);
      wait(seconds, guest.hangUp);
    }
    wait([seconds[1] + emptySeconds[0], seconds[1] + emptySeconds[1]], meet);
  }

  return {
    join,
    start: () => wait([seconds[1] + emptySeconds[0], seconds[1] + emptySeconds[1]], meet),
  };
}
