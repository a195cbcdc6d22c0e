import { expect, it } from 'vitest';
import {
  BRIDGE_HEADERS,
  callEvents,
  channelHeaders,
  fieldsOf,
  lampsOf,
  listChannels,
  namesOf,
  showChannels,
  startCalls,
} from '../testing/calls.ts';
import { failure, login } from '../testing/fixtures.ts';

const eventNamesOf = (blocks: readonly string[]): string[] =>
  blocks.map((block) => fieldsOf(block)['Event'] ?? '');

it('[DC1] announces a call as Asterisk does', async () => {
  const { pbx, client } = await startCalls();
  const call = pbx.phone('1102').dial('1101');
  const ringing = await callEvents(client);
  expect(eventNamesOf(ringing)).toEqual([
    'Newchannel',
    'Newchannel',
    'NewConnectedLine',
    'DialBegin',
    'NewConnectedLine',
    'Newstate',
    'DialState',
  ]);
  pbx.phone('1101').answer();
  const answered = await callEvents(client);
  expect(eventNamesOf(answered)).toEqual([
    'Newstate',
    'DialEnd',
    'Newstate',
    'BridgeCreate',
    'BridgeEnter',
    'BridgeEnter',
  ]);
  call.hangUp();
  const ended = await callEvents(client);
  expect(eventNamesOf(ended)).toEqual([
    'HangupRequest',
    'BridgeLeave',
    'Hangup',
    'BridgeLeave',
    'BridgeDestroy',
    'Hangup',
  ]);
  const headers = new Map(
    [...ringing, ...answered, ...ended].map((block) => [namesOf(block), block] as const),
  );
  const head = ['Event', 'Privilege'];
  const dial = [...head, ...channelHeaders(), ...channelHeaders('Dest')];
  const expected: Readonly<Record<string, readonly string[]>> = {
    Newchannel: [...head, ...channelHeaders()],
    Newstate: [...head, ...channelHeaders()],
    NewConnectedLine: [...head, ...channelHeaders()],
    DialBegin: [...dial, 'DialString'],
    DialState: [...dial, 'DialStatus'],
    DialEnd: [...dial, 'DialStatus'],
    BridgeCreate: [...head, ...BRIDGE_HEADERS],
    BridgeDestroy: [...head, ...BRIDGE_HEADERS],
    BridgeEnter: [...head, ...BRIDGE_HEADERS, ...channelHeaders()],
    BridgeLeave: [...head, ...BRIDGE_HEADERS, ...channelHeaders()],
    HangupRequest: [...head, ...channelHeaders(), 'Cause'],
    Hangup: [...head, ...channelHeaders(), 'Cause', 'Cause-txt'],
  };
  for (const [names, block] of headers) {
    expect(names).toEqual(expected[fieldsOf(block)['Event'] ?? '']);
    expect(fieldsOf(block)['Privilege']).toBe('call,all');
  }
});

it('[DC1] names channels, callers and ids as Asterisk does', async () => {
  const { pbx, clock, client } = await startCalls();
  clock.advance(1234);
  pbx.phone('1102').dial('1101');
  const [, leg, , begin] = await callEvents(client);
  expect(leg).toBe(
    `Event: Newchannel
Privilege: call,all
Channel: PJSIP/1101-00000001
ChannelState: 0
ChannelStateDesc: Down
CallerIDNum: 1101
CallerIDName: User 1101
ConnectedLineNum: <unknown>
ConnectedLineName: <unknown>
Language: en
AccountCode: 
Context: default
Exten: s
Priority: 1
Uniqueid: 1796029201.2
Linkedid: 1796029201.1`.replaceAll('\n', '\r\n'),
  );
  expect(fieldsOf(begin ?? '')).toMatchObject({
    Channel: 'PJSIP/1102-00000000',
    ChannelStateDesc: 'Ring',
    ConnectedLineNum: '<unknown>',
    Exten: '1101',
    DestConnectedLineNum: '1102',
    DestConnectedLineName: 'User 1102',
    DestExten: '1101',
    DialString: '1101',
  });
});

it('[DC2] lights lamps by channels, and on hold that of the party that is held', async () => {
  const { pbx, client } = await startCalls();
  const [alice, bruno, chloe] = [pbx.phone('1101'), pbx.phone('1102'), pbx.phone('1103')];
  bruno.dial('1101');
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['RINGING', 'INUSE']);
  alice.answer();
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['INUSE', 'INUSE']);
  await callEvents(client);
  alice.hold();
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['INUSE', 'ONHOLD']);
  const [hold] = await callEvents(client);
  expect(namesOf(hold ?? '')).toEqual(['Event', 'Privilege', ...channelHeaders(), 'MusicClass']);
  expect(fieldsOf(hold ?? '')).toMatchObject({ Event: 'Hold', CallerIDNum: '1101', Exten: '' });
  bruno.hold();
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['ONHOLD', 'ONHOLD']);
  bruno.resume();
  chloe.dial('1102');
  expect(lampsOf(pbx, '1102', '1103')).toEqual(['RINGINUSE', 'INUSE']);
  bruno.reject();
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['INUSE', 'ONHOLD', 'INUSE']);
  alice.resume();
  expect(eventNamesOf(await callEvents(client))).toContain('Unhold');
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['INUSE', 'INUSE']);
  alice.hangUp();
  chloe.hangUp();
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['NOT_INUSE', 'NOT_INUSE', 'NOT_INUSE']);
});

it('[DC2] leaves a device without channels as it was set', async () => {
  const { pbx, client } = await startCalls();
  pbx.setDeviceState('PJSIP/1101', 'UNAVAILABLE');
  const unanswered = pbx.phone('1102').dial('1101');
  expect(unanswered.application()).toBe('VoiceMail');
  expect(await showChannels(client)).toEqual(['PJSIP/1102-0 Up VoiceMail <unknown>']);
  pbx.phone('1101').dial('1103');
  expect(lampsOf(pbx, '1101')).toEqual(['INUSE']);
  pbx.setDeviceState('PJSIP/1101', 'ONHOLD');
  expect(lampsOf(pbx, '1101')).toEqual(['INUSE']);
  pbx.phone('1101').hangUp();
  expect(lampsOf(pbx, '1101')).toEqual(['ONHOLD']);
});

it('[DC3] lists channels with the 20 headers of Asterisk, once each and in order', async () => {
  const { pbx, clock, client } = await startCalls();
  pbx.phone('1102').dial('1101');
  pbx.phone('1101').answer();
  clock.advance(3_723_000);
  await callEvents(client);
  const blocks = await client.list('CoreShowChannels', 'ActionID: a148');
  expect(blocks[0]).toBe(
    'Response: Success\r\nActionID: a148\r\nEventList: start\r\nMessage: Channels will follow',
  );
  expect(blocks[2]).toBe(
    `Event: CoreShowChannel
ActionID: a148
Channel: PJSIP/1101-00000001
ChannelState: 6
ChannelStateDesc: Up
CallerIDNum: 1101
CallerIDName: User 1101
ConnectedLineNum: 1102
ConnectedLineName: User 1102
Language: en
AccountCode: 
Context: default
Exten: 
Priority: 1
Uniqueid: 1796029200.2
Linkedid: 1796029200.1
Application: AppDial
ApplicationData: (Outgoing Line)
Duration: 01:02:03
BridgeId: 00000000-0000-4000-8000-000000000001`.replaceAll('\n', '\r\n'),
  );
  expect(fieldsOf(blocks[1] ?? '')).toMatchObject({
    Exten: '1101',
    Application: 'Dial',
    ApplicationData: 'PJSIP/1101,30',
    BridgeId: '00000000-0000-4000-8000-000000000001',
  });
  expect(blocks[3]).toBe(
    'Event: CoreShowChannelsComplete\r\nActionID: a148\r\nEventList: Complete\r\nListItems: 2',
  );
});

it('[DC3] lists channels for class system or reporting only', async () => {
  const { pbx } = await startCalls();
  expect(await (await login(pbx, 'board')).request('CoreShowChannels')).toBe(failure('Permission denied'));
  expect(await listChannels(await login(pbx, 'full'))).toEqual([]);
});
