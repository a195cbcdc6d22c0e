import {
  type CallsInput,
  type Channel,
  type ChannelDetails,
  type ParkedChannel,
  callsOf,
} from '@lampboard/model';
import { type Call, ONLY_PBX } from '@lampboard/protocol';
import type { RawAmi } from '../ami/raw-ami-client.ts';
import { PEOPLE } from './call-site.ts';

type Fields = Readonly<Record<string, string>>;

/** Calls by the model, from Asterisk's own lists: without a gateway. */
export function createCallList(devices: ReadonlyMap<string, readonly string[]> = DEVICES) {
  let previous: ReadonlyMap<string, Call> = new Map();
  return {
    async read(ami: RawAmi): Promise<Call[]> {
      const items = (await ami.list({ Action: 'CoreShowChannels' })).map(({ fields }) => fields);
      const calls = callsOf({
        pbxId: ONLY_PBX,
        channels: items.map(channelOf),
        details: new Map(await Promise.all(items.map(async (item) => detailsOf(ami, item)))),
        parked: new Map((await ami.list({ Action: 'ParkedCalls' })).map(({ fields }) => parkedOf(fields))),
        previous,
        now: Date.now(),
        extensionsOfDevice: (device) => devices.get(device) ?? [],
        extensionOfNumber: (number) =>
          [...devices.values()].flat().includes(`${number}@default`) ? `${number}@default` : null,
      } satisfies CallsInput);
      previous = new Map(calls.map((call) => [call.id, call]));
      return calls;
    },
  };
}

const DEVICES = new Map(Object.values(PEOPLE).map((number) => [`PJSIP/${number}`, [`${number}@default`]]));

const channelOf = (item: Fields): Channel => ({
  name: item['channel'] ?? '',
  state: Number(item['channelstate']),
  callerNumber: item['calleridnum'] ?? '',
  callerName: unescaped(item['calleridname']),
  connectedNumber: item['connectedlinenum'] ?? '',
  connectedName: unescaped(item['connectedlinename']),
  context: item['context'] ?? '',
  exten: item['exten'] ?? '',
  uniqueid: item['uniqueid'] ?? '',
  linkedid: item['linkedid'] ?? '',
  application: item['application'] ?? '',
  applicationData: item['applicationdata'] ?? '',
  bridgeId: item['bridgeid'] ?? '',
  duration: 0,
});

/** Asterisk escapes names as C does. */
const unescaped = (text = '') => text.replaceAll(/\\(.)/g, '$1');

async function detailsOf(ami: RawAmi, item: Fields): Promise<[uniqueid: string, ChannelDetails]> {
  const read = async (Variable: string): Promise<string> =>
    (await ami.action({ Action: 'Getvar', Channel: item['channel'] ?? '', Variable })).fields['value'] ?? '';
  const [answer, onhold, presentation] = await Promise.all([
    read('CDR(answer,u)'),
    read('CHANNEL(onhold)'),
    read('CALLERID(pres)'),
  ]);
  const answeredAt = Math.round(Number(answer) * 1000);
  const details = {
    createdAt: Number.parseFloat(item['uniqueid'] ?? '') * 1000 || null,
    answeredAt: answeredAt > 0 ? answeredAt : null,
    isHeld: onhold === '1',
    isWithheld: presentation.startsWith('prohib'),
  };
  return [item['uniqueid'] ?? '', details];
}

function parkedOf(item: Fields): [uniqueid: string, ParkedChannel] {
  const uniqueid = item['parkeeuniqueid'] ?? '';
  const now = Date.now();
  return [
    uniqueid,
    {
      uniqueid,
      lot: item['parkinglot'] ?? '',
      slot: item['parkingspace'] ?? '',
      parkerDevice: item['parkerdialstring'] ?? '',
      parkedAt: now - Number(item['parkingduration']) * 1000,
      returnsAt: now + Number(item['parkingtimeout']) * 1000,
    },
  ];
}
