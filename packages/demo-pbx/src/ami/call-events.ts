import type { CallEvent } from '../telephony/call-event.ts';
import { type Bridge, type CallerId, CHANNEL_STATES, type Channel } from '../telephony/channel.ts';
import type { ParkedCall } from '../telephony/parking-lot.ts';
import { type AmiEvent, type Headers, liveEvent } from './blocks.ts';
import { escapeC } from './event-headers.ts';
import type { AmiClass } from './permission-classes.ts';

const UNKNOWN = '<unknown>';
const LANGUAGE = 'en';

/** Names are escaped, numbers are not. */
function callerHeaders(prefix: string, { number, name }: CallerId): Headers {
  return { [`${prefix}Num`]: number || UNKNOWN, [`${prefix}Name`]: escapeC(name) || UNKNOWN };
}

/** The 14 headers of a channel in events and lists. Numbers and `Exten` are raw: CRLF in one splits the block. */
export function channelHeaders(channel: Channel, prefix = ''): Headers {
  return {
    [`${prefix}Channel`]: channel.name,
    [`${prefix}ChannelState`]: String(CHANNEL_STATES[channel.state]),
    [`${prefix}ChannelStateDesc`]: channel.state,
    ...callerHeaders(`${prefix}CallerID`, channel.caller),
    ...callerHeaders(`${prefix}ConnectedLine`, channel.connected),
    [`${prefix}Language`]: LANGUAGE,
    [`${prefix}AccountCode`]: '',
    [`${prefix}Context`]: channel.context,
    [`${prefix}Exten`]: channel.exten,
    [`${prefix}Priority`]: String(channel.priority),
    [`${prefix}Uniqueid`]: channel.uniqueid,
    [`${prefix}Linkedid`]: channel.linkedid,
  };
}

const BRIDGE_KINDS = {
  basic: { type: 'basic', technology: 'simple_bridge', creator: UNKNOWN, announcers: 0 },
  parking: { type: 'parking', technology: 'holding_bridge', creator: 'Parking', announcers: 0 },
  conference: { type: 'base', technology: 'softmix', creator: 'ConfBridge', announcers: 1 },
} as const;

function bridgeHeaders({ id, kind, name, channels }: Bridge): Headers {
  const { type, technology, creator, announcers } = BRIDGE_KINDS[kind];
  return {
    BridgeUniqueid: id,
    BridgeType: type,
    BridgeTechnology: technology,
    BridgeCreator: creator,
    BridgeName: name || UNKNOWN,
    // A conference counts its announcer, which is in no list.
    BridgeNumChannels: String(channels.size === 0 ? 0 : channels.size + announcers),
    BridgeVideoSourceMode: 'none',
  };
}

/** Headers of a parked call, in events and lists. */
export function parkedCallHeaders(parked: ParkedCall, retriever?: Channel): Headers {
  const { channel, slot, parker, secondsLeft, secondsParked } = parked;
  return {
    ...channelHeaders(channel, 'Parkee'),
    ...(retriever && channelHeaders(retriever, 'Retriever')),
    ParkerDialString: parker,
    Parkinglot: 'default',
    ParkingSpace: slot,
    ParkingTimeout: String(secondsLeft),
    ParkingDuration: String(secondsParked),
  };
}

const CAUSES: Readonly<Record<number, readonly [text: string, sip?: string]>> = {
  3: ['No route to destination', '404'],
  16: ['Normal Clearing'],
  17: ['User busy', '486'],
  19: ['User alerting, no answer'],
  26: ['Answered elsewhere'],
  127: ['Interworking, unspecified', '487'],
};

function causeHeaders(event: 'Hangup' | 'HangupRequest', cause: number): Headers {
  const [text = 'Unknown', sip] = CAUSES[cause] ?? [];
  return {
    Cause: String(cause),
    ...(event === 'Hangup' && { 'Cause-txt': text }),
    ...(sip !== undefined && { TechCause: sip }),
  };
}

function headersOf(call: CallEvent): Headers {
  switch (call.event) {
    case 'Newchannel':
    case 'Newstate':
    case 'NewConnectedLine':
    case 'Unhold':
      return channelHeaders(call.channel);
    case 'Newexten': {
      const { exten, application, data } = call.channel;
      const headers = { Extension: exten, Application: application, AppData: data };
      return { ...channelHeaders(call.channel), ...headers };
    }
    case 'Hold':
      return { ...channelHeaders(call.channel), MusicClass: 'default' };
    case 'HangupRequest':
    case 'Hangup':
      return { ...channelHeaders(call.channel), ...causeHeaders(call.event, call.cause) };
    case 'DialBegin':
      return { ...dialHeaders(call), DialString: call.dialString };
    case 'DialState':
    case 'DialEnd':
      return { ...dialHeaders(call), DialStatus: call.status };
    case 'Pickup':
      return { ...channelHeaders(call.channel), ...channelHeaders(call.target, 'Target') };
    case 'BridgeCreate':
    case 'BridgeDestroy':
      return bridgeHeaders(call.bridge);
    case 'BridgeEnter': {
      const swap = call.swapped && { SwapUniqueid: call.swapped.uniqueid };
      return { ...bridgeHeaders(call.bridge), ...channelHeaders(call.channel), ...swap };
    }
    case 'BridgeLeave':
      return { ...bridgeHeaders(call.bridge), ...channelHeaders(call.channel) };
    case 'ParkedCall':
    case 'ParkedCallTimeOut':
    case 'ParkedCallGiveUp':
      return parkedCallHeaders(call.parked);
    case 'UnParkedCall':
      return parkedCallHeaders(call.parked, call.retriever);
  }
}

const dialHeaders = ({ caller, leg }: { caller: Channel; leg: Channel }): Headers => ({
  ...channelHeaders(caller),
  ...channelHeaders(leg, 'Dest'),
});

export function formatCallEvent(call: CallEvent): AmiEvent {
  const kind: AmiClass = call.event === 'Newexten' ? 'dialplan' : 'call';
  return liveEvent(call.event, kind, headersOf(call));
}
