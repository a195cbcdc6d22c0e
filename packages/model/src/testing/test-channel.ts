import { ONLY_PBX } from '@lampboard/protocol';
import { type CallsInput, callsOf } from '../calls/calls-of.ts';
import type { Channel, ChannelDetails } from '../calls/channel.ts';

export const NOW = 1_800_000_000_000;

/** An answered leg of a call. `parties`: caller's and connected number, such as `1101 → 1102`. */
export function testChannel(name: string, parties: string, overrides: Partial<Channel> = {}): Channel {
  const [callerNumber = '', connectedNumber = ''] = parties.split(' → ');
  return {
    name,
    state: 6,
    callerNumber,
    callerName: `Caller ${callerNumber}`,
    connectedNumber,
    connectedName: connectedNumber === '' || connectedNumber === '<unknown>' ? '' : `Name ${connectedNumber}`,
    context: 'default',
    exten: '',
    uniqueid: name,
    linkedid: 'one',
    application: 'AppDial',
    applicationData: '(Outgoing Line)',
    bridgeId: '',
    duration: 10,
    ...overrides,
  };
}

export const DETAILS: ChannelDetails = {
  createdAt: NOW - 10_500,
  answeredAt: null,
  isHeld: false,
  isWithheld: false,
};

const isEntry = (number: string) => /^110\d$/.test(number);

export function callsWith(channels: readonly Channel[], overrides: Partial<CallsInput> = {}) {
  const calls = callsOf({
    pbxId: ONLY_PBX,
    channels,
    details: new Map(channels.map(({ uniqueid }) => [uniqueid, DETAILS])),
    parked: new Map(),
    previous: new Map(),
    now: NOW,
    extensionsOfDevice(device) {
      const number = device.replace('PJSIP/', '');
      return isEntry(number) ? [`${number}@default`] : [];
    },
    extensionOfNumber: (number) => (isEntry(number) ? `${number}@default` : null),
    ...overrides,
  });
  return new Map(calls.map((call) => [call.id, call]));
}

/** Details of some channels, by name. */
export const detailsOf = (details: Record<string, Partial<ChannelDetails>>) =>
  new Map(Object.entries(details).map(([id, of]) => [id, { ...DETAILS, ...of }]));

export const ALICE = 'PJSIP/1101-0000000a';
export const OLAF = 'PJSIP/1102-0000000b';
export const CARL = 'PJSIP/1103-0000000c';
export const TRUNK = 'PJSIP/trunk-0000000d';
export const bridge = (bridgeId: string) => ({ bridgeId });
export const dial = (exten: string) => ({ application: 'Dial', applicationData: `PJSIP/${exten},60`, exten });
export const calling = (exten: string) => ({ state: 4, ...dial(exten) });
export const ringing = { state: 5 };
export const entry = (number: string) => ({ extension: `${number}@default` });
