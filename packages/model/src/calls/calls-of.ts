import { type Call, type Parking, callId } from '@lampboard/protocol';
import { type Channel, type ParkedChannel, CHANNEL_STATE, deviceOf, isParty } from './channel.ts';
import { type Connection, connectionsOf, groupBy } from './connections.ts';
import {
  type Directory,
  cleanName,
  cleanNumber,
  connectedParty,
  dialledParty,
  linesWithConnectedNumber,
  outsideParty,
} from './parties.ts';

export interface CallsInput extends Pick<Directory, 'details' | 'extensionsOfDevice' | 'extensionOfNumber'> {
  readonly pbxId: string;
  /** All that Asterisk lists at one moment. */
  readonly channels: readonly Channel[];
  /** By Uniqueid. */
  readonly parked: ReadonlyMap<string, ParkedChannel>;
  /** The calls before, by id. */
  readonly previous: ReadonlyMap<string, Call>;
  /** Milliseconds since 1970 by the gateway's clock. */
  readonly now: number;
}

interface Context extends CallsInput, Directory {
  readonly connections: ReadonlyMap<string, Connection>;
  /** People in each conference. */
  readonly rooms: ReadonlyMap<string, number>;
}

/**
 * Returns all lines of a PBX. They follow from one list of channels, so that no missed, late or forged event leaves a call
 * behind; of `previous` only the direction and the times are used.
 */
export function callsOf(input: CallsInput): Call[] {
  const parties = input.channels.filter(isParty);
  const byLinkedid = groupBy(parties, ({ linkedid }) => [linkedid]);
  const connections = connectionsOf(input.channels);
  const context: Context = {
    ...input,
    linked: (linkedid) => byLinkedid.get(linkedid) ?? [],
    connections,
    rooms: countRooms(parties, connections),
  };
  return parties.map((channel) => callOf(channel, context));
}

/** A line without what is kept of it. */
type Situation = Pick<
  Call,
  'state' | 'party' | 'holding' | 'ownPhone' | 'queue' | 'room' | 'members' | 'parking' | 'mailbox'
>;

function callOf(channel: Channel, context: Context): Call {
  const { pbxId, details, previous, extensionsOfDevice } = context;
  const id = callId(channel.uniqueid, pbxId);
  const before = previous.get(id);
  const extensions = extensionsOfDevice(deviceOf(channel));
  const self = extensions.length === 0 ? outsideParty(channel, { details }) : null;
  const connection = context.connections.get(channel.uniqueid) ?? { parties: [channel], wires: [] };
  const situation = situationOf(channel, connection, context);
  const incoming = before?.incoming ?? /^App(?:Dial|Queue)$/u.test(channel.application);
  const parkedAt = context.parked.get(channel.uniqueid)?.parkedAt;
  const since = isTalk(situation)
    ? talkSince(situation, { connection, before, context })
    : { since: parkedAt ?? lineSince(channel, { situation, before, context }) };
  return { id, extensions, ...(self !== null && { self }), incoming, ...since, ...situation };
}

function situationOf(channel: Channel, connection: Connection, context: Context): Situation {
  const parking = parkingOf(channel, context);
  if (parking !== null) return { state: 'parked', party: null, parking };
  if (channel.state === CHANNEL_STATE.ringing) {
    const party = connectedParty(channel, [], context);
    return channel.application === 'AppDial2'
      ? { state: 'dialling', party, ownPhone: true }
      : { state: 'ringing', party, ...queueOf(linesWithConnectedNumber(channel, context)) };
  }
  const acting = actingChannel(channel, connection);
  if (CONFERENCE.test(acting.application))
    return {
      state: 'conference',
      party: null,
      room: argumentOf(acting),
      members: context.rooms.get(argumentOf(acting)) ?? 1,
    };
  const others = connection.parties.filter((party) => party !== channel);
  if (others.length > 0) {
    const party = connectedParty(channel, others, context);
    const isHolding = others.some((other) => isHeld(other, context));
    if (isHeld(channel, context)) return { state: 'held', party, ...(isHolding && { holding: true }) };
    return { state: isHolding ? 'holding' : 'talking', party, ...queueOf(others) };
  }
  return aloneSituation(channel, acting, context);
}

/** Returns the situation of a line that hears no other one. */
function aloneSituation(channel: Channel, acting: Channel, context: Context): Situation {
  const { application } = acting;
  if (/^VoiceMailMain$/iu.test(application)) return { state: 'voicemail', party: null };
  if (/^VoiceMail$/iu.test(application)) {
    const [mailbox = ''] = argumentOf(acting).split(/[@&]/u);
    return { state: 'voicemail', party: null, mailbox };
  }
  if (/^Queue$/iu.test(application)) return { state: 'waiting', party: null, queue: argumentOf(acting) };
  // Its slot is in no list that the account may read.
  if (/^Park$/iu.test(application)) return { state: 'parked', party: null };
  if (/^BridgeWait$/iu.test(application)) return { state: 'menu', party: null };
  const isUp = channel.state === CHANNEL_STATE.up;
  if (isUp && channel.bridgeId !== '' && acting === channel) {
    const isWaited = isHeld(channel, context) || isOtherElsewhere(channel, context);
    const party = isWaited ? connectedParty(channel, [], context) : null;
    return { state: isWaited ? 'held' : 'talking', party };
  }
  if (DIALLING.test(application)) {
    const party = connectedParty(channel, [], context) ?? dialledParty(acting, context);
    return { state: 'dialling', party };
  }
  // Announcements before the answer.
  if (!isUp) return { state: 'dialling', party: dialledParty(acting, context) };
  return CONNECTING.test(application)
    ? { state: 'talking', party: connectedParty(channel, [], context) }
    : { state: 'menu', party: null };
}

const CONFERENCE = /^(?:ConfBridge|MeetMe)$/iu;
/** Applications that ring another line. */
const DIALLING = /^(?:Dial|RetryDial|FollowMe)$/iu;
/** Applications of a line that was called, picked up or taken over, just before it hears the other one. */
const CONNECTING = /^(?:|App(?:Dial2?|Queue)|Bridge|Park|ParkedCall|Pickup(?:Chan)?)$/iu;

/**
 * Returns the channel whose application a line hears: its own, or one at the far end of Local channels. Whoever is in a
 * conference is in its bridge with all its Local channels.
 */
function actingChannel(channel: Channel, { wires }: Connection): Channel {
  if (CONFERENCE.test(channel.application)) return channel;
  return (
    wires.find(({ application }) => CONFERENCE.test(application)) ??
    wires.find(({ application }) => !CONNECTING.test(application)) ??
    channel
  );
}

/** Counts those who still hear an announcement too, before they join the others. */
function countRooms(
  parties: readonly Channel[],
  connections: ReadonlyMap<string, Connection>,
): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const channel of parties) {
    const connection = connections.get(channel.uniqueid);
    const acting = connection === undefined ? channel : actingChannel(channel, connection);
    if (!CONFERENCE.test(acting.application)) continue;
    const room = argumentOf(acting);
    rooms.set(room, (rooms.get(room) ?? 0) + 1);
  }
  return rooms;
}

const argumentOf = ({ applicationData }: Channel) => cleanName(applicationData.split(/[,|]/u, 1)[0] ?? '');

/** Returns the queue through which a line is called by, or connected with, these. */
function queueOf(others: readonly Channel[]): Pick<Call, 'queue'> {
  const inQueue = others.find(({ application }) => /^Queue$/iu.test(application));
  return inQueue === undefined ? {} : { queue: argumentOf(inQueue) };
}

/** The other party consults another line: it is not gone, nor parked. */
const isOtherElsewhere = (channel: Channel, context: Context) =>
  linesWithConnectedNumber(channel, context).some(
    ({ uniqueid, state, bridgeId }) =>
      state === CHANNEL_STATE.up && bridgeId !== channel.bridgeId && !context.parked.has(uniqueid),
  );

const isHeld = ({ uniqueid }: Channel, { details }: Context) => details.get(uniqueid)?.isHeld === true;

function parkingOf({ uniqueid }: Channel, { parked, extensionsOfDevice }: Context): Parking | null {
  const found = parked.get(uniqueid);
  if (found === undefined) return null;
  const { lot, slot, parkerDevice, returnsAt } = found;
  const [extension] = extensionsOfDevice(parkerDevice);
  const by = extension === undefined ? null : { number: '', name: '', extension };
  return { lot: cleanName(lot), slot: cleanNumber(slot), by, returnsAt };
}

type Since = Pick<Call, 'since' | 'sinceAtLeast'>;

/** True for a line that is connected with another one, held or not. */
export const isTalk = ({ state }: Pick<Call, 'state'>) =>
  state === 'talking' || state === 'held' || state === 'holding';

const isSameParty = (a: Call['party'], b: Call['party']) =>
  a?.extension === b?.extension && a?.number === b?.number;

interface SinceOptions {
  readonly before: Call | undefined;
  readonly context: Context;
}

/** Asterisk's own time of the answer counts, the later one of both ends: it begins again with each transfer. */
function talkSince(
  { party }: Situation,
  { connection, before, context }: SinceOptions & { connection: Connection },
): Since {
  const answers = connection.parties.flatMap(
    ({ uniqueid }) => context.details.get(uniqueid)?.answeredAt ?? [],
  );
  if (answers.length > 0) return { since: Math.max(...answers) };
  if (before === undefined) return { since: context.now, sinceAtLeast: true };
  if (!isTalk(before) || !isSameParty(before.party, party)) return { since: context.now };
  const { since, sinceAtLeast } = before;
  return { since, ...(sinceAtLeast && { sinceAtLeast }) };
}

function lineSince(
  { uniqueid, duration }: Channel,
  { situation, before, context }: SinceOptions & { situation: Situation },
): number | null {
  if (before !== undefined) return before.state === situation.state ? before.since : context.now;
  return context.details.get(uniqueid)?.createdAt ?? context.now - duration * 1000;
}
