import { type Channel, isParty, wireOf } from './channel.ts';

/** Channels that are connected with each other. */
export interface Connection {
  /** The lines that hear each other. */
  readonly parties: readonly Channel[];
  /** The Local channels between them, and those that lead to an application. */
  readonly wires: readonly Channel[];
}

/** Applications whose bridges join channels that do not hear each other. */
const HOLDING = /^(?:BridgeWait|Park)$/iu;

/**
 * Returns the connection of each channel, by Uniqueid: channels of one bridge, and the two ends of a Local channel, belong
 * together.
 */
export function connectionsOf(channels: readonly Channel[]): ReadonlyMap<string, Connection> {
  const keysOf = (channel: Channel): string[] => {
    const { bridgeId, application } = channel;
    const wire = wireOf(channel);
    const isBridged = bridgeId !== '' && !HOLDING.test(application);
    return [...(isBridged ? [`bridge ${bridgeId}`] : []), ...(wire === null ? [] : [`wire ${wire}`])];
  };
  const byKey = groupBy(channels, keysOf);
  const connections = new Map<string, Connection>();
  for (const first of channels) {
    if (connections.has(first.uniqueid)) continue;
    const members = new Set([first]);
    // A set also visits what is added meanwhile.
    for (const member of members)
      for (const key of keysOf(member)) for (const other of byKey.get(key) ?? []) members.add(other);
    const connection = {
      parties: [...members].filter(isParty),
      wires: [...members].filter((member) => wireOf(member) !== null),
    };
    for (const { uniqueid } of members) connections.set(uniqueid, connection);
  }
  return connections;
}

/** Groups channels by each of their keys. */
export function groupBy(
  channels: readonly Channel[],
  keysOf: (channel: Channel) => readonly string[],
): ReadonlyMap<string, readonly Channel[]> {
  const groups = new Map<string, Channel[]>();
  for (const channel of channels)
    for (const key of keysOf(channel)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [channel]);
      else group.push(channel);
    }
  return groups;
}
