import { aggregateStates, type DeviceState } from '../pbx/device-state.ts';
import { fieldsOf, getChannelVariable, listChannels } from './calls.ts';
import type { RawClient } from './raw-client.ts';

type Fields = Record<string, string>;

const deviceOf = ({ Channel = '' }: Fields): string => Channel.slice(0, Channel.lastIndexOf('-'));

/** Names of the channels that are on hold. */
async function listHeld(client: RawClient, channels: readonly Fields[]): Promise<Set<string>> {
  const held = new Set<string>();
  for (const { Channel = '', BridgeId } of channels)
    if (BridgeId && (await getChannelVariable(client, Channel, 'CHANNEL(onhold)')) === '1') held.add(Channel);
  return held;
}

/** Reads the channels over AMI; `lampOf` is the state of a registered phone by them. */
export async function readCalls(client: RawClient) {
  const channels = (await listChannels(client)).map(fieldsOf);
  const held = await listHeld(client, channels);
  return {
    channels,
    held,
    lampOf(device: string): DeviceState {
      const states = channels
        .filter((channel) => deviceOf(channel) === device)
        .map(({ Channel = '', ChannelState }): DeviceState => {
          if (held.has(Channel)) return 'ONHOLD';
          return ChannelState === '5' ? 'RINGING' : 'INUSE';
        });
      return states.length === 0 ? 'NOT_INUSE' : aggregateStates(states);
    },
  };
}
