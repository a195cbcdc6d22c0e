import { type AmiEvent, type AmiFields, type ReplyProfile, unescapeC } from '@lampboard/ami';
import { type Channel, CHANNEL_STATE } from '@lampboard/model';

/** After these events the list of channels, or what is read of a channel, may have changed. */
const SIGNALS = [
  'FullyBooted',
  'Shutdown',
  'Newstate',
  'NewConnectedLine',
  'BridgeEnter',
  'BridgeLeave',
  'Hangup',
  'Hold',
  'Unhold',
  'ParkedCall',
  'UnParkedCall',
  'ParkedCallGiveUp',
  'ParkedCallTimeOut',
  'OriginateResponse',
  'Pickup',
];

/** Callers type numbers into all that Asterisk sends of calls, so none of its events is read. */
export const CALLS_PROFILE: ReplyProfile = { trusts: 'replies', eventClasses: ['call'], signals: SIGNALS };

/** Headers of an item of `CoreShowChannels`, in Asterisk's order. The ActionID and the name come before all that is typed. */
const HEADERS =
  'event actionid channel channelstate channelstatedesc calleridnum calleridname connectedlinenum connectedlinename ' +
  'language accountcode context exten priority uniqueid linkedid application applicationdata duration bridgeid';

/** The name of a channel that may be sent back to Asterisk: of a device, with a suffix. */
const NAME = /^[A-Za-z]\w*\/[^\p{C}]+-[\da-f]+$/u;
const DURATION = /^(\d+):(\d\d):(\d\d)$/;

/** The part of an item that nobody can have typed. */
export type MalformedChannel = Pick<Channel, 'name' | 'state'>;

export interface ListedChannels {
  readonly channels: readonly Channel[];
  /** Items split by a number with line breaks in it. `Local` channels among them, which are no parties, are left out. */
  readonly malformed: readonly MalformedChannel[];
}

/**
 * Takes the items of `CoreShowChannels` that are exactly as Asterisk writes them. What a caller types can only spoil its own
 * item and that of the line it rings or talks with.
 */
export function parseChannels(items: readonly AmiEvent[]): ListedChannels {
  const channels: Channel[] = [];
  const malformed: MalformedChannel[] = [];
  const timesListed = new Map<string, number>();
  for (const { fields } of items) {
    const channel = parseChannel(fields);
    const spoilt = channel === null ? malformedOf(fields) : null;
    if (channel !== null) {
      channels.push(channel);
      timesListed.set(channel.uniqueid, (timesListed.get(channel.uniqueid) ?? 0) + 1);
    } else if (spoilt !== null) malformed.push(spoilt);
  }
  // A Uniqueid comes after what is typed: of two equal ones, one may be typed.
  const isTwice = ({ uniqueid }: Channel) => (timesListed.get(uniqueid) ?? 0) > 1;
  return {
    channels: channels.filter((channel) => !isTwice(channel)),
    malformed: [...malformed, ...channels.filter((channel) => isTwice(channel) && NAME.test(channel.name))],
  };
}

function parseChannel(fields: AmiFields): Channel | null {
  if (Object.keys(fields).join(' ') !== HEADERS || fields['event'] !== 'CoreShowChannel') return null;
  // A header that came twice is joined by a line break.
  for (const name in fields) if (fields[name]?.includes('\n')) return null;
  const { channelstate: state = '', uniqueid = '' } = fields;
  const duration = DURATION.exec(fields['duration'] ?? '');
  if (!/^\d+$/.test(state) || uniqueid === '' || duration === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = duration.slice(1).map(Number);
  return {
    name: fields['channel'] ?? '',
    state: Number(state),
    callerNumber: fields['calleridnum'] ?? '',
    callerName: unescapeC(fields['calleridname'] ?? ''),
    connectedNumber: fields['connectedlinenum'] ?? '',
    connectedName: unescapeC(fields['connectedlinename'] ?? ''),
    context: fields['context'] ?? '',
    exten: fields['exten'] ?? '',
    uniqueid,
    linkedid: fields['linkedid'] ?? '',
    application: fields['application'] ?? '',
    applicationData: fields['applicationdata'] ?? '',
    bridgeId: fields['bridgeid'] ?? '',
    duration: hours * 3600 + minutes * 60 + seconds,
  };
}

function malformedOf(fields: AmiFields): MalformedChannel | null {
  const { channel: name = '', channelstate: state = '' } = fields;
  const [first, second, third, fourth] = Object.keys(fields);
  const isWhole =
    first === 'event' && second === 'actionid' && third === 'channel' && fourth === 'channelstate';
  return isWhole && NAME.test(name) && /^\d+$/.test(state) ? { name, state: Number(state) } : null;
}

/** Returns which channels are answered, and in which bridges: what events announce, where an account gets any. */
export const talksOf = (channels: readonly Channel[]): string =>
  channels
    .filter(({ state }) => state === CHANNEL_STATE.up)
    .map(({ uniqueid, bridgeId }) => `${uniqueid} ${bridgeId}`)
    .toSorted()
    .join('\n');
