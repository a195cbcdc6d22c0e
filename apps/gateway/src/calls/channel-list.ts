import { type AmiBlock, type ReplyProfile, unescapeC } from '@lampboard/ami';
import { type Channel, CHANNEL_STATE } from '@lampboard/model';

/** After these events the list of channels, or what is read of a channel, may have changed. */
const SIGNALS =
  'FullyBooted Shutdown Newstate NewConnectedLine BridgeEnter BridgeLeave Hangup ParkedCall UnParkedCall ' +
  'ParkedCallGiveUp ParkedCallTimeOut OriginateResponse Pickup';
/** After these the lines in the bridge of a channel may be held, or not be any more. */
const HOLD_SIGNALS = ['Hold', 'Unhold'];

/** Callers type numbers into all that Asterisk sends of calls, so none of its events is believed. */
export const CALLS_PROFILE: ReplyProfile = {
  trusts: 'replies',
  eventClasses: ['call'],
  signals: [
    ...SIGNALS.split(' ').map((name) => ({ name, identifiedBy: [] })),
    ...HOLD_SIGNALS.map((name) => ({ name, identifiedBy: ['Channel'] })),
  ],
};

/** Headers of an item of `CoreShowChannels`, in Asterisk's order. The ActionID and the name come before all that is typed. */
const HEADERS = (
  'Event ActionID Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName ' +
  'Language AccountCode Context Exten Priority Uniqueid Linkedid Application ApplicationData Duration BridgeId'
)
  .split(' ')
  .map((name) => `${name}: `);

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
export function parseChannels(items: readonly AmiBlock[]): ListedChannels {
  const channels: Channel[] = [];
  const malformed: MalformedChannel[] = [];
  const timesListed = new Map<string, number>();
  for (const block of items) {
    const channel = parseChannel(block);
    const spoilt = channel === null ? malformedOf(block) : null;
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

function parseChannel(block: AmiBlock): Channel | null {
  const values = valuesOf(block, HEADERS);
  if (values === null) return null;
  const [
    event,
    ,
    name,
    state,
    ,
    callerNumber,
    callerName,
    connectedNumber,
    connectedName,
    ,
    ,
    context,
    exten,
  ] = values;
  const [, uniqueid, linkedid, application, applicationData, timeText, bridgeId] = values.slice(13);
  const duration = DURATION.exec(timeText ?? '');
  const isWhole = event === 'CoreShowChannel' && /^\d+$/.test(state ?? '') && uniqueid !== '';
  if (!isWhole || duration === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = duration.slice(1).map(Number);
  return {
    name: name ?? '',
    state: Number(state),
    callerNumber: callerNumber ?? '',
    callerName: unescapeC(callerName ?? ''),
    connectedNumber: connectedNumber ?? '',
    connectedName: unescapeC(connectedName ?? ''),
    context: context ?? '',
    exten: exten ?? '',
    uniqueid: uniqueid ?? '',
    linkedid: linkedid ?? '',
    application: application ?? '',
    applicationData: applicationData ?? '',
    bridgeId: bridgeId ?? '',
    duration: hours * 3600 + minutes * 60 + seconds,
  };
}

/** Returns the values of a block that has exactly these headers, once each and in order; null for any other. */
export function valuesOf(block: AmiBlock, headers: readonly string[]): string[] | null {
  if (block.length !== headers.length) return null;
  const values: string[] = [];
  for (const [index, header] of headers.entries()) {
    const line = block[index] ?? '';
    if (!line.startsWith(header)) return null;
    values.push(line.slice(header.length));
  }
  return values;
}

function malformedOf(block: AmiBlock): MalformedChannel | null {
  const [, , name, state] = valuesOf(block.slice(0, 4), HEADERS.slice(0, 4)) ?? [];
  const isWhole = name !== undefined && NAME.test(name) && /^\d+$/.test(state ?? '');
  return isWhole ? { name, state: Number(state) } : null;
}

/** Returns which channels are answered, and in which bridges: what events announce, where an account gets any. */
export const talksOf = (channels: readonly Channel[]): string =>
  channels
    .filter(({ state }) => state === CHANNEL_STATE.up)
    .map(({ uniqueid, bridgeId }) => `${uniqueid} ${bridgeId}`)
    .toSorted()
    .join('\n');
