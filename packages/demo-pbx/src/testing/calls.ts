import { fromBytes } from '../pbx/bytes.ts';
import type { DemoPbx } from '../ami/server.ts';
import { hint, login, startPbx } from './fixtures.ts';
import { createManualClock } from './manual-clock.ts';
import type { RawClient } from './raw-client.ts';

/** Asterisk's headers of a channel, in events and lists. */
const CHANNEL_HEADERS =
  'Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Language AccountCode Context Exten Priority Uniqueid Linkedid'.split(
    ' ',
  );
export const BRIDGE_HEADERS =
  'BridgeUniqueid BridgeType BridgeTechnology BridgeCreator BridgeName BridgeNumChannels BridgeVideoSourceMode'.split(
    ' ',
  );

export const channelHeaders = (prefix = ''): string[] => CHANNEL_HEADERS.map((name) => prefix + name);

/** Header names of a block, in order. */
export const namesOf = (block: string): string[] =>
  block.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));

/** Headers of a block by name. */
export const fieldsOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    block.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );

/** Starts a PBX with the phones 1101 to 1104 on a manual clock, and logs a client in. */
export async function startCalls(user = 'full') {
  const clock = createManualClock();
  const hints = ['1101', '1102', '1103', '1104'].map((exten) =>
    hint(exten, `PJSIP/${exten},CustomPresence:${exten}`, `User ${exten}`),
  );
  const pbx = await startPbx({ hints, clock });
  const client = await login(pbx, user);
  return { pbx, clock, client };
}

/** The items of CoreShowChannels. */
export async function listChannels(client: RawClient): Promise<string[]> {
  const blocks = await client.list('CoreShowChannels', 'ActionID: list');
  return blocks.filter((block) => block.startsWith('Event: CoreShowChannel\r\n'));
}

/** Each channel as `name state application connected`, as in the list. */
export async function showChannels(client: RawClient): Promise<string[]> {
  return (await listChannels(client)).map((block) => {
    const { Channel, ChannelStateDesc, Application, ConnectedLineNum } = fieldsOf(block);
    return `${Channel?.replace(/-0+(?=[0-9a-f])/, '-')} ${ChannelStateDesc} ${Application} ${ConnectedLineNum}`;
  });
}

/** The events since the last call, but those of lamps. */
export async function callEvents(client: RawClient): Promise<string[]> {
  client.send('Action: Ping', 'ActionID: events');
  const blocks = (await client.readUntil('ActionID: events')).slice(0, -1);
  return blocks.filter(
    (block) => !/^Event: (ExtensionStatus|DeviceStateChange|Newexten|FullyBooted)/.test(block),
  );
}

export const lampsOf = (pbx: DemoPbx, ...extensions: string[]): string[] =>
  extensions.map((extension) => pbx.deviceState(`PJSIP/${extension}`));

export const getChannelVariable = async (client: RawClient, channel: string, variable: string) => {
  const answer = await client.request('Getvar', `Channel: ${channel}`, `Variable: ${variable}`);
  return fromBytes(answer.slice(answer.indexOf('Value: ') + 7));
};

/** The items of ParkedCalls. */
export async function parkedCalls(client: RawClient): Promise<string[]> {
  const blocks = await client.list('ParkedCalls', 'ActionID: parked');
  return blocks.filter((block) => block.startsWith('Event: ParkedCall\r\n'));
}
