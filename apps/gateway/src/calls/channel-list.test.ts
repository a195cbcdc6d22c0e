import { expect, it } from 'vitest';
import { parseChannels } from './channel-list.ts';

const HEADERS = {
  Event: 'CoreShowChannel',
  ActionID: 'ours',
  Channel: 'PJSIP/1101-0000001a',
  ChannelState: '6',
  ChannelStateDesc: 'Up',
  CallerIDNum: '1101',
  CallerIDName: String.raw`Ada \"A\" Okafor`,
  ConnectedLineNum: '1102',
  ConnectedLineName: 'Bruno',
  Language: 'en',
  AccountCode: '',
  Context: 'default',
  Exten: '1102',
  Priority: '1',
  Uniqueid: '1795391747.161',
  Linkedid: '1795391747.160',
  Application: 'Dial',
  ApplicationData: 'PJSIP/1102,60',
  Duration: '01:02:03',
  BridgeId: 'b1',
};
const linesOf = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
const item = (changed: Readonly<Record<string, string>> = {}) => linesOf({ ...HEADERS, ...changed });
/** Headers up to one, as a line break in its text leaves them, and what is typed after it. */
const cutAt = (header: string, more: Readonly<Record<string, string>> = {}) => {
  const entries = Object.entries(HEADERS);
  const end = entries.findIndex(([name]) => name === header) + 1;
  return [...linesOf({ ...Object.fromEntries(entries.slice(0, end)), ...more })];
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
const { BridgeId, ...withoutBridge } = HEADERS;

it.each([
  ['ends in its number', cutAt('CallerIDNum')],
  ['ends in the dialled extension', cutAt('Exten')],
  ['has typed headers instead of its own', cutAt('CallerIDNum', { BridgeId: 'b2', Uniqueid: '1.1' })],
  ['has a header more', item({ X: 'y' })],
  ['has a header twice', [...item(), 'Uniqueid: 1.1']],
  ['has its name and state twice', [...item(), 'Channel: PJSIP/1103-00000001', 'ChannelState: 4']],
  ['has one instead of another', linesOf({ ...withoutBridge, Uniqueid2: BridgeId })],
  ['has its headers in another order', linesOf({ ...withoutBridge, X: '', BridgeId })],
  ['has no duration', item({ Duration: 'x' })],
  ['has no Uniqueid', item({ Uniqueid: '' })],
])('[CL4] an item that %s is only known by its name and state', (_, malformed) => {
  expect(parseChannels([malformed])).toEqual({ channels: [], malformed: MALFORMED });
});

it.each([
  ['a Local channel cut inside its name', cutAt('Channel', { Channel: 'Local/12' })],
  ['a whole Local channel', cutAt('CallerIDNum', { Channel: 'Local/300@default-00000001;1' })],
  ['a name with a control character', cutAt('CallerIDNum', { Channel: 'PJSIP/11\u000001-00000001' })],
  ['an item of another kind', item({ Event: 'ParkedCall', ChannelState: 'x' })],
])('[CL4] leaves %s out', (_, malformed) => {
  expect(parseChannels([malformed])).toEqual({ channels: [], malformed: [] });
});

it('[CL4] believes none of two items with one Uniqueid', () => {
  const [taken, other] = [item({ Channel: 'PJSIP/1102-00000001' }), item()];
  expect(parseChannels([other, taken, item({ Uniqueid: '2.2' })])).toMatchObject({
    channels: [{ uniqueid: '2.2' }],
    malformed: [{ name: 'PJSIP/1101-0000001a' }, { name: 'PJSIP/1102-00000001' }],
  });
});
