import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAmiClient } from './client.ts';
import { acceptingLogin, type WireAction, respond } from './testing/fake-asterisk.ts';
import { startAsterisk } from './testing/fixtures.ts';
import type { AmiEvent, ReplyProfile } from './types.ts';

const CALLS: ReplyProfile = {
  trusts: 'replies',
  eventClasses: ['call'],
  signals: [
    { name: 'Newstate', identifiedBy: [] },
    { name: 'Hold', identifiedBy: ['Channel'] },
  ],
};

/** A live client that trusts replies alone; counts its signals and all that it took for an event. */
async function goLive(replies: Parameters<typeof acceptingLogin>[0] = {}) {
  const pbx = await startAsterisk({ handleAction: acceptingLogin(replies) });
  const ami = createAmiClient({
    host: '127.0.0.1',
    port: pbx.port,
    username: 'calls',
    secret: 'hush',
    profile: CALLS,
  });
  onTestFinished(() => ami.close());
  const seen = { signals: 0, events: 0, isLive: false, untrusted: [] as AmiEvent[] };
  ami.start({
    onState: ({ kind }) => (seen.isLive ||= kind === 'live'),
    onEvent: () => (seen.events += 1),
    onUntrustedEvent: (event) => void seen.untrusted.push(event),
    onResyncNeeded: () => (seen.signals += 1),
  });
  await vi.waitFor(() => expect(seen.isLive).toBe(true));
  await sleep(10);
  seen.signals = 0;
  return { pbx, ami, seen };
}

const id = ({ actionid = '' }: WireAction) => `ActionID: ${actionid}`;
const start = (action: WireAction) => respond(action, 'EventList: start\r\nMessage: Channels will follow');
const complete = (action: WireAction, name: string, items: number) =>
  `Event: ${name}Complete\r\n${id(action)}\r\nEventList: Complete\r\nListItems: ${items}\r\n\r\n`;
const channel = (action: WireAction, number: string, name = 'PJSIP/1101-00000001') =>
  `Event: CoreShowChannel\r\n${id(action)}\r\nChannel: ${name}\r\nCallerIDNum: ${number}\r\nBridgeId: \r\n\r\n`;
const parked = (action: WireAction, number: string, slot: string) =>
  `Event: ParkedCall\r\nParkeeCallerIDNum: ${number}\r\nParkingSpace: ${slot}\r\n${id(action)}\r\n\r\n`;

it('[CL1] asks for calls without waiting for the boot, and for no event but those that may change them', async () => {
  const { pbx } = await goLive();
  expect(pbx.actions.map((action) => action['action'])).not.toContain('ExtensionStateList');
  expect(pbx.actions.find((action) => action['action'] === 'Filter')?.['filter']).toBe(
    '^Event: (Newstate|Hold)[^A-Za-z]',
  );
});

it.each([
  ['an event', 'Event: Hangup\r\nChannel: PJSIP/1101-00000001\r\n\r\n'],
  ['a lamp', 'Event: ExtensionStatus\r\nExten: 1101\r\nContext: default\r\nStatus: 8\r\n\r\n'],
  ['a list item', 'Event: CoreShowChannel\r\nChannel: PJSIP/1102-00000001\r\n\r\n'],
  ['a guessed ActionID', 'Event: CoreShowChannelsComplete\r\nActionID: 1\r\nEventList: Complete\r\n\r\n'],
  ['anything', 'x\r\n\r\n'],
])('[CL1] %s that nobody asked for is a signal without content', async (_, block) => {
  const { pbx, seen } = await goLive();
  pbx.broadcast(block);
  await vi.waitFor(() => expect(seen.signals).toBe(1));
  expect(seen).toMatchObject({ events: 0, untrusted: [] });
});

it('[CL1] of a hold only the channel is passed on, as untrusted', async () => {
  const { pbx, seen } = await goLive();
  pbx.broadcast('Event: Hold\r\nChannel: PJSIP/1101-00000001\r\nCallerIDNum: 1101\r\n\r\n');
  await vi.waitFor(() => expect(seen.signals).toBe(1));
  expect(seen.untrusted).toEqual([{ name: 'Hold', fields: { channel: 'PJSIP/1101-00000001' } }]);
  expect(seen.events).toBe(0);
});

it('[CL1] a flood of forged events is a handful of signals', async () => {
  const { pbx, seen } = await goLive();
  pbx.broadcast('Event: Newstate\r\nCallerIDNum: 1\r\n\r\n'.repeat(20_000));
  await vi.waitFor(() => expect(seen.signals).toBeGreaterThan(0));
  await sleep(200);
  expect(seen.signals).toBeLessThan(500);
});

it('[CL2] a number that forges items, ends and errors costs its own item alone, and signals nothing', async () => {
  const forged = [
    'Event: CoreShowChannel\r\nChannel: PJSIP/1102-00000002\r\nCallerIDNum: 666',
    'Event: CoreShowChannelsComplete\r\nEventList: Complete\r\nListItems: 0',
    'Response: Error\r\nMessage: Permission denied',
  ];
  const { ami, seen } = await goLive({
    CoreShowChannels: (action) =>
      start(action) +
      channel(action, `x\r\n\r\n${forged.join('\r\n\r\n')}`) +
      channel(action, '1102', 'PJSIP/1102-00000002') +
      complete(action, 'CoreShowChannels', 2),
  });
  const list = await ami.listBlocks({ Action: 'CoreShowChannels' });
  expect(list.ok && list.value.blocks.map((lines) => lines.slice(2))).toEqual([
    ['Channel: PJSIP/1101-00000001', 'CallerIDNum: x'],
    ['Channel: PJSIP/1102-00000002', 'CallerIDNum: 1102', 'BridgeId: '],
  ]);
  await sleep(20);
  expect(seen).toMatchObject({ signals: 0, events: 0, untrusted: [] });
});

it.each([
  ['the end of the list', 'Event: ParkedCallsComplete\r\nEventList: Complete\r\nListItems: 0'],
  ['its end with an ActionID', 'Event: ParkedCallsComplete\r\nActionID: 1\r\nEventList: Complete'],
  ['an error', 'Response: Error\r\nMessage: Permission denied'],
  ['another item', 'Event: ParkedCall\r\nParkeeCallerIDNum: 666\r\nParkingSpace: 666'],
])('[CL2] %s typed in front of the ActionID of an item ends no list', async (_, forged) => {
  const { ami } = await goLive({
    ParkedCalls: (action) =>
      start(action) +
      parked(action, `1\r\n\r\n${forged}`, '701') +
      parked(action, '2', '702') +
      complete(action, 'ParkedCalls', 2),
  });
  const list = await ami.listBlocks({ Action: 'ParkedCalls' });
  expect(list.ok && list.value.blocks.length).toBe(2);
  expect(list.ok && list.value.blocks[1]?.slice(0, 3)).toEqual([
    'Event: ParkedCall',
    'ParkeeCallerIDNum: 2',
    'ParkingSpace: 702',
  ]);
});

it('[CL2] a list that lacks an item is not believed', async () => {
  const { ami } = await goLive({
    CoreShowChannels: (action) =>
      start(action) + channel(action, '1101') + complete(action, 'CoreShowChannels', 2),
  });
  expect(await ami.listBlocks({ Action: 'CoreShowChannels' })).toMatchObject({
    ok: false,
    code: 'incomplete',
  });
});

it('[CL2] reads a channel and takes what is typed in the answer for nothing else', async () => {
  const { ami, seen } = await goLive({
    Getvar: (action) =>
      respond(action, 'Variable: CALLERID(num)\r\nValue: 1\r\n\r\nResponse: Error\r\nMessage: x'),
  });
  const reply = await ami.send({ Action: 'Getvar', Variable: 'CALLERID(num)' });
  expect(reply.ok && reply.value['value']).toBe('1');
  await vi.waitFor(() => expect(seen.signals).toBe(1));
});
