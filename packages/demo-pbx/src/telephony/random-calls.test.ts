import { expect, it } from 'vitest';
import { createRandom } from '../simulation/random.ts';
import { listChannels, parkedCalls, startCalls } from '../testing/calls.ts';
import { readCalls } from '../testing/lamps-by-list.ts';
import type { Line } from './lines.ts';

const PHONES = ['1101', '1102', '1103', '1104'];
const SERVICES = '300 400 500 510 700 701 702 800 *97 vm1101 **1102 811103 811101 81300 00123'.split(' ');
const NUMBERS = [...PHONES, ...SERVICES];
const STEPS = 3000;

it.each([1, 2])(
  '[DC2] whatever people do at random, the list equals the lamps, and all calls end: %i',
  async (seed) => {
    const { pbx, clock, client } = await startCalls();
    const random = createRandom({ seed });
    const strangers: Line[] = [];
    const number = (): string => random.pick(NUMBERS) ?? '';

    for (let step = 0; step < STEPS; step += 1) {
      const phone = pbx.phone(random.pick(PHONES) ?? '');
      const line = random.pick([...phone.lines(), ...strangers, ...pbx.phone('trunk').lines()]);
      const other = random.pick(phone.lines());
      const actions: (() => void)[] = [
        () => phone.lines().length < 3 && phone.dial(number()),
        () => phone.answer(),
        () => phone.answer(),
        () => phone.reject(),
        () => phone.hold(),
        () => phone.resume(),
        () => phone.hangUp(),
        () => phone.park(),
        () => phone.transfer(random.chance(0.2) ? '9999' : number()),
        () => phone.completeTransfer(),
        () => line?.answer(),
        () => line?.hold(),
        () => line?.resume(),
        () => line?.hangUp(),
        () => line?.press(random.pick(['1', '2', '9']) ?? ''),
        () => line && other && line.connectWith(other),
        () => strangers.length < 6 && strangers.push(pbx.stranger({ from: '0123', exten: number() })),
        () => clock.advance(random.between(0, 12_000)),
      ];
      random.pick(actions)?.();
      clock.advance(60);
      for (const gone of strangers.filter((stranger) => stranger.isOver()))
        strangers.splice(strangers.indexOf(gone), 1);
      if (step % 10 !== 0) continue;
      const { lampOf } = await readCalls(client);
      for (const extension of PHONES)
        expect(pbx.deviceState(`PJSIP/${extension}`), `${extension} at ${step}`).toBe(
          lampOf(`PJSIP/${extension}`),
        );
    }

    for (const stranger of strangers) stranger.hangUp();
    for (const phone of [...PHONES, 'trunk'].map(pbx.phone)) for (const line of phone.lines()) line.hangUp();
    clock.advance(600_000);
    expect(await listChannels(client)).toEqual([]);
    expect(await parkedCalls(client)).toEqual([]);
    for (const device of ['Queue:support', 'confbridge:400', 'park:701@parkedcalls'])
      expect(pbx.deviceState(device), device).toBe('NOT_INUSE');
    expect(clock.pending()).toBe(0);
  },
);
