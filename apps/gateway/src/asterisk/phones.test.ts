import type { AmiEvent } from '@lampboard/ami';
import { mismatchOf, phoneLamp } from '@lampboard/model';
import { testExtension } from '@lampboard/model/testing';
import { expect, it } from 'vitest';
import { ONLY_PBX } from '@lampboard/protocol';
import { createPhones } from './phones.ts';

/** Loads the phone of a hint from an Asterisk with these devices; `queried` lists the requests. */
async function load(hint: string, devices: Readonly<Record<string, string>>, unlisted: string = '') {
  const queried: string[] = [];
  const phones = createPhones({
    pbxId: ONLY_PBX,
    ami: {
      async send({ Variable = '' }) {
        queried.push(Variable);
        return { ok: true, value: { value: unlisted } };
      },
      async list() {
        queried.push('list');
        const items = Object.entries(devices).map(([device, state]): AmiEvent => ({
          name: 'DeviceStateChange',
          fields: { device, state },
        }));
        return { ok: true, value: items };
      },
    },
  });
  const hints = await phones.ofAll([{ kind: 'person', exten: '1101', context: 'default', hint, status: 0 }]);
  return { phones, phone: hints.ok ? hints.value[0]?.phone : undefined, queried };
}

it.each([
  ['BUSY', true],
  ['INUSE', true],
  ['NOT_INUSE', false],
  ['UNAVAILABLE', false],
])('[SN5] do not disturb that is %s is on: %s', async (state, dnd) => {
  const devices = { 'PJSIP/1101': 'NOT_INUSE', 'Custom:DND1101': state };
  expect((await load('PJSIP/1101&Custom:DND1101', devices)).phone).toEqual({ lamp: 'idle', dnd });
});

it('[SN6] devices are case-insensitive, and one that was never set is off', async () => {
  const { phone, queried } = await load('pjsip/1101&Custom:DND1101', { 'PJSIP/1101': 'UNAVAILABLE' });
  expect(phone).toEqual({ lamp: 'unavailable', dnd: false });
  expect(queried).toEqual(['list']);
});

it('[SN6] a phone that Asterisk does not list is read by itself', async () => {
  const { phone, queried } = await load('PJSIP/1101&Custom:DND1101', {}, 'INUSE');
  expect(queried).toEqual(['list', 'DEVICE_STATE(PJSIP/1101)']);
  expect(phone).toEqual({ lamp: 'in-use', dnd: false });
});

it('[SN6] the lamp alone tells the state of a phone that nothing is joined with', async () => {
  expect((await load('PJSIP/1101', { 'PJSIP/1101': 'NOT_INUSE' })).phone).toBeUndefined();
});

it.each([
  ['Custom:DND1101', { dnd: true }],
  ['Custom:DEVDND1101', { dnd: true }],
  ['Custom:CF1101', { dnd: false, forwarded: true }],
  ['Custom:DEVCF1101', { dnd: false, forwarded: true }],
  ['Custom:FOLLOWME1101', { dnd: false, followMe: true }],
])('[PF1] %s tells a feature that the hint does not join', async (device, features) => {
  const states = { 'PJSIP/1101': 'NOT_INUSE', [device]: 'BUSY' };
  expect((await load('PJSIP/1101', states)).phone).toEqual(features);
  expect((await load('PJSIP/1101', { ...states, [device]: 'NOT_INUSE' })).phone).toBeUndefined();
  expect((await load(',CustomPresence:1101', { [device]: 'INUSE' })).phone).toMatchObject(
    device.includes('DEV') ? {} : { lamp: null, ...features },
  );
});

it('[PF1] a forged event names a device in another spelling: the one that Asterisk stores is read', async () => {
  const { phones, queried } = await load('PJSIP/1101', { 'PJSIP/1101': 'NOT_INUSE' }, 'BUSY');
  const read = await phones.readDevice('CUSTOM:cf1101');
  expect(queried).toContain('DEVICE_STATE(Custom:CF1101)');
  expect(read).toEqual({
    ok: true,
    value: [['1101@default', { dnd: false, forwarded: true }]],
  });
  expect(phones.isKnown('Custom:CF1102')).toBe(false);
});

it('[SN6] a forwarded phone of which Asterisk has no state is as its lamp says, not idle', async () => {
  const { phone } = await load('PJSIP/1101', { 'Custom:CF1101': 'BUSY' });
  const extension = testExtension('1101', { lamp: 'unavailable', ...(phone && { phone }) });
  expect([phoneLamp(extension), mismatchOf(extension)]).toEqual(['unavailable', 'available-but-offline']);
});

it('[PF3] a lamp that tells all follows no phone beside it, whatever was asked about', async () => {
  const { phones } = await load('PJSIP/1101', { 'PJSIP/1101': 'NOT_INUSE' }, 'INUSE');
  expect(await phones.readDevice('PJSIP/1101')).toEqual({ ok: true, value: [] });
  expect(phones.update('PJSIP/1101', 'NOT_INUSE')).toEqual([]);
  expect(phones.followed().size).toBe(0);
});
