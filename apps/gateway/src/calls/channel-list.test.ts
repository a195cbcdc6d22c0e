import { expect, it } from 'vitest';
import { parseChannels } from './channel-list.ts';

const HEADERS = {
  event: 'CoreShowChannel',
  actionid: 'ours',
  channel: 'PJSIP/1101-0000001a',
  channelstate: '6',
  channelstatedesc: 'Up',
  calleridnum: '1101',
  calleridname: String.raw`Ada \"A\" Okafor`,
  connectedlinenum: '1102',
  connectedlinename: 'Bruno',
  language: 'en',
  accountcode: '',
  context: 'default',
  exten: '1102',
  priority: '1',
  uniqueid: '1795391747.161',
  linkedid: '1795391747.160',
  application: 'Dial',
  applicationdata: 'PJSIP/1102,60',
  duration: '01:02:03',
  bridgeid: 'b1',
};
const item = (changed: Readonly<Record<string, string>> = {}) => ({
  name: 'CoreShowChannel',
  fields: { ...HEADERS, ...changed },
});
/** Headers up to one, as a line break in its text leaves them. */
const cutAt = (header: string, more: Readonly<Record<string, string>> = {}) => {
  const entries = Object.entries(HEADERS);
  const end = entries.findIndex(([name]) => name === header) + 1;
  return { name: 'CoreShowChannel', fields: { ...Object.fromEntries(entries.slice(0, end)), ...more } };
};

it('[CL4] reads an item as Asterisk writes it, with its names unescaped', () => {
  const { channels, malformed } = parseChannels([item()]);
  expect(malformed).toEqual([]);
  expect(channels).toEqual([
    {
      name: 'PJSIP/1101-0000001a',
      state: 6,
      callerNumber: '1101',
      callerName: 'Ada "A" Okafor',
      connectedNumber: '1102',
      connectedName: 'Bruno',
      context: 'default',
      exten: '1102',
      uniqueid: '1795391747.161',
      linkedid: '1795391747.160',
      application: 'Dial',
      applicationData: 'PJSIP/1102,60',
      bridgeId: 'b1',
      duration: 3723,
    },
  ]);
});

const MALFORMED = [{ name: 'PJSIP/1101-0000001a', state: 6 }];
const { bridgeid, ...withoutBridge } = HEADERS;

it.each([
  ['ends in its number', cutAt('calleridnum')],
  ['ends in the dialled extension', cutAt('exten')],
  ['has typed headers instead of its own', cutAt('calleridnum', { bridgeid: 'b2', uniqueid: '1.1' })],
  ['has a header more', item({ x: 'y' })],
  ['has a header twice', item({ uniqueid: '1.1\n1795391747.161' })],
  ['has its headers in another order', { name: 'x', fields: { ...withoutBridge, x: '', bridgeid } }],
  ['has no duration', item({ duration: 'x' })],
  ['has no Uniqueid', item({ uniqueid: '' })],
])('[CL4] an item that %s is only known by its name and state', (_, malformed) => {
  expect(parseChannels([malformed])).toEqual({ channels: [], malformed: MALFORMED });
});

it.each([
  ['a Local channel cut inside its name', cutAt('channel', { channel: 'Local/12' })],
  ['a whole Local channel', cutAt('calleridnum', { channel: 'Local/300@default-00000001;1' })],
  ['a name with a control character', cutAt('calleridnum', { channel: 'PJSIP/11\u000001-00000001' })],
  ['an item of another kind', item({ event: 'ParkedCall', channelstate: 'x' })],
])('[CL4] leaves %s out', (_, malformed) => {
  expect(parseChannels([malformed])).toEqual({ channels: [], malformed: [] });
});

it('[CL4] believes none of two items with one Uniqueid', () => {
  const [taken, other] = [item({ channel: 'PJSIP/1102-00000001' }), item()];
  expect(parseChannels([other, taken, item({ uniqueid: '2.2' })])).toMatchObject({
    channels: [{ uniqueid: '2.2' }],
    malformed: [{ name: 'PJSIP/1101-0000001a' }, { name: 'PJSIP/1102-00000001' }],
  });
});
