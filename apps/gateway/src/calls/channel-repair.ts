import type { AmiClient } from '@lampboard/ami';
import type { Channel } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import { getvar } from '../asterisk/getvar.ts';
import type { ListedChannels, MalformedChannel } from './channel-list.ts';

/** A channel is read again after this time, or with another state. */
const MAX_AGE_MS = 1000;
/** Channels that are read for one list: forged calls beyond that are not shown. */
const MAX_READS = 4;

interface RepairOptions {
  ami: Pick<AmiClient, 'send'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** A channel as read alone: not its bridge, but the other channel in it; empty without a bridge. */
type ReadChannel = Omit<Channel, 'bridgeId' | 'duration'> & { readonly peer: string };

/** Reads the channels whose items a text has split, one by one (`Getvar`, class `call` or `reporting`). */
export function createChannelRepair({ ami, clock }: RepairOptions) {
  /** By name. */
  const known = new Map<
    string,
    { readonly read: ReadChannel; readonly readAt: number; readonly since: number }
  >();

  async function readChannel({ name, state }: MalformedChannel): Promise<void> {
    const text = async (variable: string) => {
      const value = await getvar(ami, variable, name);
      return value.ok ? value.value : '';
    };
    // Asterisk takes one of the two backslashes away.
    const typedText = (variable: string) => text(String.raw`REPLACE(${variable},\\r\\n,?)`);
    const [uniqueid, linkedid, application, context, ...typed] = await Promise.all([
      text('CHANNEL(uniqueid)'),
      text('CHANNEL(linkedid)'),
      text('CHANNEL(appname)'),
      text('CONTEXT'),
      typedText('CALLERID(num)'),
      typedText('CALLERID(name)'),
      typedText('CONNECTEDLINE(num)'),
      typedText('CONNECTEDLINE(name)'),
      typedText('EXTEN'),
      typedText('CHANNEL(appdata)'),
      typedText('BRIDGEPEER'),
    ]);
    const [callerNumber, callerName, connectedNumber, connectedName, exten, applicationData, peer] = typed;
    const readAt = clock.monotonic();
    const since = known.get(name)?.since ?? readAt;
    known.delete(name);
    if (uniqueid === '') return;
    const ids = { name, state, uniqueid, linkedid, application, applicationData, context, exten, peer };
    const read = { ...ids, callerNumber, callerName, connectedNumber, connectedName };
    known.set(name, { read, readAt, since });
  }

  const isDue = ({ name, state }: MalformedChannel) => {
    const before = known.get(name);
    return before?.read.state !== state || clock.monotonic() >= before.readAt + MAX_AGE_MS;
  };

  return {
    /** Resolves to all channels, with the malformed ones as far as they could be read. */
    async repair({ channels, malformed }: ListedChannels): Promise<readonly Channel[]> {
      const names = new Set(malformed.map(({ name }) => name));
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      if (malformed.length === 0) return channels;
      await Promise.all(malformed.filter(isDue).slice(0, MAX_READS).map(readChannel));
      const uniqueids = new Set(channels.map(({ uniqueid }) => uniqueid));
      const bridges = new Map(channels.map(({ name, bridgeId }) => [name, bridgeId]));
      const repaired = [...known.values()].map(({ read: { peer, ...read }, since }) => ({
        ...read,
        // Two that are both malformed share a bridge of their names.
        bridgeId: peer === '' ? '' : (bridges.get(peer) ?? [read.name, peer].toSorted().join(' ')),
        duration: Math.floor((clock.monotonic() - since) / 1000),
      }));
      return [...channels, ...repaired.filter(({ uniqueid }) => !uniqueids.has(uniqueid))];
    },
  };
}
