import type { AmiEvent } from '@lampboard/ami';
import { expect, it } from 'vitest';
import { createPhones } from './phones.ts';

/** What is known of the telephones of one hint, of an Asterisk with these devices; `asked`: what it was asked. */
async function listed(hint: string, devices: Readonly<Record<string, string>>, unlisted: string = '') {
  const asked: string[] = [];
  const phones = createPhones({
    ami: {
      async send({ Variable = '' }) {
        asked.push(Variable);
        return { ok: true, value: { value: unlisted } };
      },
      async list() {
        asked.push('list');
        const items = Object.entries(devices).map(([device, state]): AmiEvent => ({
          name: 'DeviceStateChange',
          fields: { device, state },
        }));
        return { ok: true, value: items };
      },
    },
  });
  const hints = await phones.ofAll([{ exten: '1101', context: 'default', hint, status: 0 }]);
  return { phone: hints.ok ? hints.value[0]?.phone : hints.code, asked };
}

it.each([
  ['BUSY', true],
  ['INUSE', true],
  ['NOT_INUSE', false],
  ['UNAVAILABLE', false],
])('[SN5] do not disturb that is %s is on: %s', async (state, dnd) => {
  const devices = { 'PJSIP/1101': 'NOT_INUSE', 'Custom:DND1101': state };
  expect((await listed('PJSIP/1101&Custom:DND1101', devices)).phone).toEqual({ lamp: 'idle', dnd });
});

it('[SN6] devices are found in any case, and what was never set is off', async () => {
  const { phone, asked } = await listed('pjsip/1101&Custom:DND1101', { 'PJSIP/1101': 'UNAVAILABLE' });
  expect(phone).toEqual({ lamp: 'unavailable', dnd: false });
  expect(asked).toEqual(['list']);
});

it('[SN6] a telephone that Asterisk does not list is asked for by itself', async () => {
  const { phone, asked } = await listed('PJSIP/1101&Custom:DND1101', {}, 'INUSE');
  expect(asked).toEqual(['list', 'DEVICE_STATE(PJSIP/1101)']);
  expect(phone).toEqual({ lamp: 'in-use', dnd: false });
});

it('[SN6] a site without such hints is not asked for its devices', async () => {
  expect(await listed('PJSIP/1101', { 'PJSIP/1101': 'NOT_INUSE' })).toEqual({ phone: undefined, asked: [] });
});
