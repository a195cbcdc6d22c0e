import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import type { Hint } from '../../testkit/pbx/pbx-under-test.ts';
import { standardHints } from '../../testkit/pbx/pbx-under-test.ts';

const IDLE = 0;
const IN_USE = 1;
const RINGING = 8;
const BUSY = 2;
const UNAVAILABLE = 4;

const inContext = (context: string, hints: Readonly<Record<string, string>>): Hint[] =>
  Object.entries(hints).map(([exten, hint]) => ({ exten, context, hint }));

/** As FreePBX's modules write them. */
const FUNCTION_HINTS: readonly Hint[] = [
  ...inContext('park-hints', {
    71: 'park:71@parkedcalls',
    72: 'park:72@parkedcalls',
    70: 'park:71@parkedcalls&park:72@parkedcalls',
    '*8571': 'park:71@parkedcalls',
  }),
  ...inContext('ext-meetme', { 8000: 'confbridge:8000' }),
  ...inContext('ext-queues', { 600: 'Queue:600' }),
  ...inContext('app-daynight-toggle', { '*280': 'Custom:DAYNIGHT0' }),
  ...inContext('ext-dnd-hints', { '*761101': 'Custom:DEVDND1101' }),
  ...inContext('ext-local', { 1198: 'Custom:phone1198&Custom:DND1198,CustomPresence:1198' }),
];

await describeEachPbx((pbx) => {
  beforeEach(() => pbx().reload([...standardHints(), ...FUNCTION_HINTS]));
  afterEach(() => pbx().freeFunctions());

  const devices = () =>
    pbx().withSession(async (ami) => {
      const listed = await ami.list({ Action: 'DeviceStateList' });
      return new Map(listed.map(({ fields }) => [fields['device'] ?? '', fields['state'] ?? '']));
    });

  describe('functions of FreePBX', () => {
    it('[AC10] slots, lot, conference and queue follow their calls', async () => {
      await pbx().useFunctions();
      for (const slot of ['71@park-hints', '70@park-hints', '*8571@park-hints'])
        await pbx().waitForLamp(slot, IN_USE);
      await pbx().waitForLamp('8000@ext-meetme', IN_USE);
      await pbx().waitForLamp('600@ext-queues', RINGING);
      const states = await pbx().listExtensionStates();
      expect(states.get('72@park-hints')?.status).toBe(IDLE);
      const listed = await devices();
      const names = ['park:71@parkedcalls', 'confbridge:8000', 'Queue:600'];
      expect(names.map((name) => listed.get(name))).toEqual(['INUSE', 'INUSE', 'RINGING']);
      await pbx().freeFunctions();
      for (const id of ['71@park-hints', '70@park-hints', '8000@ext-meetme', '600@ext-queues'])
        await pbx().waitForLamp(id, IDLE);
    });

    it('[AC10] a switch is idle until it is set, and in use while it is on', async () => {
      expect((await pbx().listExtensionStates()).get('*280@app-daynight-toggle')?.status).toBe(IDLE);
      await pbx().setLamp('Custom:DAYNIGHT0', 'INUSE');
      await pbx().waitForLamp('*280@app-daynight-toggle', IN_USE);
      expect((await devices()).get('Custom:DAYNIGHT0')).toBe('INUSE');
      await pbx().setLamp('Custom:DAYNIGHT0', 'NOT_INUSE');
      await pbx().waitForLamp('*280@app-daynight-toggle', IDLE);
    });

    it('[AC10] do not disturb makes an idle phone busy, and hides no missing one when it is off', async () => {
      const person = '1198@ext-local';
      await pbx().setLamp('Custom:phone1198', 'NOT_INUSE');
      await pbx().setLamp('Custom:DND1198', 'BUSY');
      await pbx().waitForLamp(person, BUSY);
      await pbx().setLamp('Custom:DND1198', 'UNAVAILABLE');
      await pbx().waitForLamp(person, IDLE);
      await pbx().setLamp('Custom:phone1198', 'UNAVAILABLE');
      await pbx().waitForLamp(person, UNAVAILABLE);
      expect((await devices()).get('Custom:DND1198')).toBe('UNAVAILABLE');
    });
  });
});
