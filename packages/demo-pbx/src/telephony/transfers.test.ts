import { expect, it } from 'vitest';
import {
  callEvents,
  channelHeaders,
  fieldsOf,
  getChannelVariable,
  lampsOf,
  namesOf,
  showChannels,
  startCalls,
} from '../testing/calls.ts';
import { failure, login } from '../testing/fixtures.ts';

/** 1102 has called 1101, who answered. */
async function startTalk() {
  const started = await startCalls();
  const { pbx, client } = started;
  const [alice, bruno, chloe] = [pbx.phone('1101'), pbx.phone('1102'), pbx.phone('1103')];
  const call = bruno.dial('1101');
  alice.answer();
  await callEvents(client);
  return { ...started, alice, bruno, chloe, call };
}

it('[DC8] transfers blindly: the transferer is free, the other one rings the target', async () => {
  const { pbx, clock, client, alice, chloe, call } = await startTalk();
  alice.hold();
  clock.advance(5000);
  alice.transfer('1103');
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['NOT_INUSE', 'INUSE', 'RINGING']);
  expect(await showChannels(client)).toEqual([
    'PJSIP/1102-0 Up Dial 1103',
    'PJSIP/1103-2 Ringing AppDial 1102',
  ]);
  clock.advance(2000);
  chloe.answer();
  expect(await showChannels(client)).toEqual(['PJSIP/1102-0 Up Dial 1103', 'PJSIP/1103-2 Up AppDial 1102']);
  expect(await getChannelVariable(client, call.channel, 'CDR(answer,u)')).toBe('1796029205.000000');
  expect(await getChannelVariable(client, 'PJSIP/1103-00000002', 'CDR(answer,u)')).toBe('1796029207.000000');
});

it('[DC8] cuts off who is transferred to an extension that does not exist', async () => {
  const { pbx, client, alice } = await startTalk();
  alice.transfer('9999');
  expect(await showChannels(client)).toEqual([]);
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['NOT_INUSE', 'NOT_INUSE']);
});

it('[DC8] transfers after a consultation, during which the first call is on hold', async () => {
  const { pbx, client, alice, chloe } = await startTalk();
  alice.dial('1103');
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['INUSE', 'ONHOLD', 'RINGING']);
  alice.completeTransfer();
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['INUSE', 'ONHOLD', 'RINGING']);
  chloe.answer();
  await callEvents(client);
  alice.completeTransfer();
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['NOT_INUSE', 'INUSE', 'INUSE']);
  expect(await showChannels(client)).toEqual(['PJSIP/1102-0 Up Dial 1103', 'PJSIP/1103-3 Up AppDial 1102']);
  expect(await getChannelVariable(client, 'PJSIP/1102-00000000', 'BRIDGEPEER')).toBe('PJSIP/1103-00000003');
  expect(await getChannelVariable(client, 'PJSIP/1103-00000003', 'CHANNEL(linkedid)')).toBe('1796029200.1');
});

it('[DC8] picks up a call that rings elsewhere', async () => {
  const { pbx, client } = await startCalls();
  pbx.phone('1102').dial('1101');
  await callEvents(client);
  pbx.phone('1103').dial('**1101');
  const events = (await callEvents(client)).map(fieldsOf);
  expect(events.map(({ Event }) => Event)).toEqual([
    'Newchannel',
    'NewConnectedLine',
    'Newstate',
    'Pickup',
    'NewConnectedLine',
    'DialEnd',
    'Newstate',
    'Hangup',
    'BridgeCreate',
    'BridgeEnter',
    'BridgeEnter',
  ]);
  expect(events[7]).toMatchObject({ CallerIDNum: '1101', Cause: '26', 'Cause-txt': 'Answered elsewhere' });
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['NOT_INUSE', 'INUSE', 'INUSE']);
  expect(await showChannels(client)).toEqual(['PJSIP/1102-0 Up Dial 1103', 'PJSIP/1103-2 Up AppDial 1102']);
});

it('[DC4] parks: the slot is in use, the parker alone for some seconds, and ParkedCalls has the call', async () => {
  const { pbx, clock, client, alice } = await startTalk();
  alice.park();
  const events = await callEvents(client);
  expect(events.map((block) => fieldsOf(block)['Event'])).toEqual([
    'BridgeLeave',
    'ParkedCall',
    'BridgeCreate',
    'BridgeEnter',
  ]);
  const parkee = [...channelHeaders('Parkee'), 'ParkerDialString', 'Parkinglot', 'ParkingSpace'];
  const seconds = ['ParkingTimeout', 'ParkingDuration'];
  expect(namesOf(events[1] ?? '')).toEqual(['Event', 'Privilege', ...parkee, ...seconds]);
  clock.advance(2000);
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['INUSE', 'INUSE']);
  clock.advance(1000);
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['NOT_INUSE', 'INUSE']);
  expect(pbx.deviceState('park:701@parkedcalls')).toBe('INUSE');
  await callEvents(client);
  const [response, item, end] = await client.list('ParkedCalls', 'ActionID: a84');
  expect(response).toContain('Message: Parked calls will follow');
  // The ActionID is the last header.
  expect(namesOf(item ?? '')).toEqual(['Event', ...parkee, ...seconds, 'ActionID']);
  expect(fieldsOf(item ?? '')).toMatchObject({
    Event: 'ParkedCall',
    ParkeeChannel: 'PJSIP/1102-00000000',
    ParkeeConnectedLineNum: '1101',
    ParkerDialString: 'PJSIP/1101',
    Parkinglot: 'default',
    ParkingSpace: '701',
    ParkingTimeout: '42',
    ParkingDuration: '3',
    ActionID: 'a84',
  });
  expect(end).toBe(
    'Event: ParkedCallsComplete\r\nActionID: a84\r\nEventList: Complete\r\nListItems: 1\r\nTotal: 1',
  );
});

it('[DC4] connects who dials the slot with the parked caller, and empties it', async () => {
  const { pbx, clock, client, alice, chloe } = await startTalk();
  alice.transfer('700');
  clock.advance(3000);
  await callEvents(client);
  chloe.dial('701');
  const events = await callEvents(client);
  const retrieved = events.find((block) => block.startsWith('Event: UnParkedCall')) ?? '';
  expect(namesOf(retrieved)).toEqual([
    'Event',
    'Privilege',
    ...channelHeaders('Parkee'),
    ...channelHeaders('Retriever'),
    'ParkerDialString',
    'Parkinglot',
    'ParkingSpace',
    'ParkingTimeout',
    'ParkingDuration',
  ]);
  expect(await showChannels(client)).toEqual([
    'PJSIP/1102-0 Up Dial 1103',
    'PJSIP/1103-2 Up ParkedCall 1102',
  ]);
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['NOT_INUSE', 'INUSE', 'INUSE']);
  expect(pbx.deviceState('park:701@parkedcalls')).toBe('NOT_INUSE');
});

it('[DC4] rings the parker when the time is over, and frees the slot of a caller who gives up', async () => {
  const { pbx, clock, client, alice, call } = await startTalk();
  alice.park();
  clock.advance(44_999);
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['NOT_INUSE', 'INUSE']);
  await callEvents(client);
  clock.advance(1);
  expect(lampsOf(pbx, '1101', '1102')).toEqual(['RINGING', 'INUSE']);
  const [timeOut] = await callEvents(client);
  const { Event, ParkeeContext, ParkeeExten, ParkingTimeout } = fieldsOf(timeOut ?? '');
  expect({ Event, ParkeeContext, ParkeeExten, ParkingTimeout }).toEqual({
    Event: 'ParkedCallTimeOut',
    ParkeeContext: 'park-dial',
    ParkeeExten: 'PJSIP_1101',
    ParkingTimeout: '0',
  });
  alice.answer();
  alice.park();
  await callEvents(client);
  call.hangUp();
  const events = (await callEvents(client)).map((block) => fieldsOf(block)['Event']);
  expect(events).toEqual(['HangupRequest', 'ParkedCallGiveUp', 'BridgeLeave', 'Hangup']);
  expect(pbx.deviceState('park:701@parkedcalls')).toBe('NOT_INUSE');
});

it('[DC4] lists parked calls for class call only', async () => {
  const { pbx } = await startCalls();
  const client = await login(pbx, 'reporting');
  expect(await client.request('ParkedCalls')).toBe(failure('Permission denied'));
  expect(await (await login(pbx, 'board')).list('ParkedCalls')).toHaveLength(2);
});
