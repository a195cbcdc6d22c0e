import { expect, it } from 'vitest';
import {
  callEvents,
  fieldsOf,
  getChannelVariable,
  lampsOf,
  listChannels,
  showChannels,
  startCalls,
} from '../testing/calls.ts';

it('[DC7] rings a group at once; who answers talks, the others stop ringing', async () => {
  const { pbx, client } = await startCalls();
  pbx.phone('1101').dial('300');
  expect(await showChannels(client)).toEqual([
    'PJSIP/1101-0 Ring Dial <unknown>',
    'PJSIP/1102-1 Ringing AppDial 1101',
    'PJSIP/1103-2 Ringing AppDial 1101',
  ]);
  await callEvents(client);
  pbx.phone('1103').answer();
  const hangups = (await callEvents(client)).map(fieldsOf).filter(({ Event }) => Event === 'Hangup');
  expect(hangups).toMatchObject([{ CallerIDNum: '1102', Cause: '26' }]);
  expect(await showChannels(client)).toEqual(['PJSIP/1101-0 Up Dial 1103', 'PJSIP/1103-2 Up AppDial 1101']);
});

it('[DC7] dials through a Local, which disappears 50 ms after the answer', async () => {
  const { pbx, clock, client } = await startCalls();
  pbx.phone('1101').dial('811103');
  expect(await showChannels(client)).toEqual([
    'PJSIP/1101-0 Ring Dial 1103',
    'Local/1103@default-0;1 Ringing AppDial 1101',
    'Local/1103@default-0;2 Ring Dial 1103',
    'PJSIP/1103-1 Ringing AppDial 1101',
  ]);
  pbx.phone('1103').answer();
  clock.advance(49);
  expect(await listChannels(client)).toHaveLength(4);
  await callEvents(client);
  clock.advance(1);
  const enter = (await callEvents(client)).find((block) => block.startsWith('Event: BridgeEnter')) ?? '';
  expect(fieldsOf(enter)['SwapUniqueid']).toBe('1796029200.2');
  expect(await showChannels(client)).toEqual(['PJSIP/1101-0 Up Dial 1103', 'PJSIP/1103-1 Up AppDial 1101']);
  expect(await getChannelVariable(client, 'PJSIP/1101-00000000', 'BRIDGEPEER')).toBe('PJSIP/1103-00000001');
});

it('[DC7] leaves a Local with /n in the call: four channels and two bridges, and holds through it', async () => {
  const { pbx, clock, client } = await startCalls();
  pbx.phone('1101').dial('821103');
  pbx.phone('1103').answer();
  clock.advance(1000);
  const channels = (await listChannels(client)).map(fieldsOf);
  expect(channels.map(({ Channel }) => Channel?.split('-')[0])).toEqual([
    'PJSIP/1101',
    'Local/1103@default',
    'Local/1103@default',
    'PJSIP/1103',
  ]);
  expect(new Set(channels.map(({ BridgeId }) => BridgeId)).size).toBe(2);
  pbx.phone('1101').hold();
  expect(lampsOf(pbx, '1101', '1103')).toEqual(['INUSE', 'ONHOLD']);
  pbx.phone('1103').hangUp();
  expect(await showChannels(client)).toEqual([]);
});

it('[DC7] ends every channel of a call through Locals when the caller gives up or nobody answers', async () => {
  const { pbx, clock, client } = await startCalls();
  const call = pbx.phone('1101').dial('301');
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['INUSE', 'RINGING', 'RINGING']);
  call.hangUp();
  expect(await showChannels(client)).toEqual([]);
  pbx.phone('1101').dial('811102');
  pbx.phone('1102').reject();
  expect(await showChannels(client)).toEqual([
    'PJSIP/1101-3 Up Dial 1102',
    'Local/1102@default-2;1 Up AppDial 1101',
    'Local/1102@default-2;2 Up VoiceMail 1102',
  ]);
  clock.advance(180_000);
  expect(await showChannels(client)).toEqual([]);
});

it('[DC7] follows a phone that sends its call elsewhere, through a Local', async () => {
  const { pbx, clock, client } = await startCalls();
  pbx.phone('1101').dial('1102').ringing()[0]?.redirect('1103');
  expect(await showChannels(client)).toEqual([
    'PJSIP/1101-0 Ring Dial 1103',
    'Local/1103@default-0;1 Ringing AppDial 1101',
    'Local/1103@default-0;2 Ring Dial 1103',
    'PJSIP/1103-2 Ringing AppDial 1101',
  ]);
  pbx.phone('1103').answer();
  clock.advance(50);
  expect(await showChannels(client)).toEqual(['PJSIP/1101-0 Up Dial 1103', 'PJSIP/1103-2 Up AppDial 1101']);
  expect(lampsOf(pbx, '1102')).toEqual(['NOT_INUSE']);
});

it('[DC7] queues: who waits longest rings all idle agents, and talks with the first who answers', async () => {
  const { pbx, clock, client } = await startCalls();
  const first = pbx.stranger({ from: '0301234', name: 'Nordhafen', exten: '800' });
  const second = pbx.phone('1104').dial('800');
  expect(await showChannels(client)).toEqual([
    'PJSIP/anonymous-0 Up Queue <unknown>',
    'PJSIP/1102-1 Ringing AppQueue 0301234',
    'Local/1103@default-0;1 Ringing AppQueue 0301234',
    'Local/1103@default-0;2 Ring Dial 1103',
    'PJSIP/1103-2 Ringing AppDial 0301234',
    'PJSIP/1104-3 Up Queue <unknown>',
  ]);
  const [caller, agent] = (await listChannels(client)).map(fieldsOf);
  expect(caller).toMatchObject({ Exten: '800', Priority: '2', ApplicationData: 'support,t' });
  expect(agent).toMatchObject({ Exten: '800', ApplicationData: '(Outgoing Line)' });
  expect(pbx.deviceState('Queue:support')).toBe('RINGING');
  pbx.phone('1103').answer();
  expect(lampsOf(pbx, '1102', '1103')).toEqual(['NOT_INUSE', 'INUSE']);
  clock.advance(5000);
  expect(lampsOf(pbx, '1102', '1103', '1104')).toEqual(['RINGING', 'INUSE', 'INUSE']);
  second.hangUp();
  expect(lampsOf(pbx, '1102', '1103', '1104')).toEqual(['NOT_INUSE', 'INUSE', 'NOT_INUSE']);
  expect(pbx.deviceState('Queue:support')).toBe('NOT_INUSE');
  first.hangUp();
  expect(await showChannels(client)).toEqual([]);
});

it('[DC7] rings agents again after 15 s without an answer, for the same caller', async () => {
  const { pbx, clock } = await startCalls();
  const first = pbx.stranger({ from: '0301234', exten: '800' });
  clock.advance(14_999);
  expect(lampsOf(pbx, '1102', '1103')).toEqual(['RINGING', 'RINGING']);
  clock.advance(1);
  const second = pbx.stranger({ from: '0301235', exten: '800' });
  expect(lampsOf(pbx, '1102', '1103')).toEqual(['NOT_INUSE', 'NOT_INUSE']);
  clock.advance(5000);
  expect(lampsOf(pbx, '1102', '1103')).toEqual(['RINGING', 'RINGING']);
  expect([first.ringing().length, second.ringing().length]).toEqual([2, 0]);
});

it('[DC7] joins conferences, which count their announcer', async () => {
  const { pbx, client } = await startCalls();
  for (const extension of ['1101', '1102', '1103']) pbx.phone(extension).dial('400');
  const entered = (await callEvents(client)).filter((block) => block.startsWith('Event: BridgeEnter'));
  expect(fieldsOf(entered.at(-1) ?? '')).toMatchObject({ BridgeType: 'base', BridgeNumChannels: '4' });
  const channels = (await listChannels(client)).map(fieldsOf);
  expect(channels).toMatchObject(
    [1, 2, 3].map(() => ({ Application: 'ConfBridge', ApplicationData: '400' })),
  );
  expect(new Set(channels.map(({ BridgeId }) => BridgeId)).size).toBe(1);
  expect(pbx.deviceState('confbridge:400')).toBe('INUSE');
  pbx.phone('1102').hangUp();
  expect(lampsOf(pbx, '1101', '1102', '1103')).toEqual(['INUSE', 'NOT_INUSE', 'INUSE']);
  pbx.phone('1101').hangUp();
  pbx.phone('1103').hangUp();
  expect(pbx.deviceState('confbridge:400')).toBe('NOT_INUSE');
});

it('[DC7] goes through a menu without any event, by digit or until the time is over', async () => {
  const { pbx, clock, client } = await startCalls();
  const call = pbx.stranger({ from: '0301234', exten: '500' });
  expect(call.application()).toBe('BackGround');
  await callEvents(client);
  clock.advance(4000);
  expect(call.application()).toBe('WaitExten');
  expect(await callEvents(client)).toEqual([]);
  call.press('7');
  call.press('2');
  expect(lampsOf(pbx, '1102')).toEqual(['RINGING']);
  const other = pbx.stranger({ from: '0301235', exten: '500' });
  clock.advance(14_000);
  expect(other.isOver()).toBe(true);
});

it('[DC7] takes a message when a phone does not answer; the connected line stays that of the phone', async () => {
  const { pbx, clock, client } = await startCalls();
  pbx.phone('1101').dial('1102');
  clock.advance(30_000);
  expect(await showChannels(client)).toEqual(['PJSIP/1101-0 Up VoiceMail 1102']);
  expect(fieldsOf((await listChannels(client))[0] ?? '')['ApplicationData']).toBe('1102@default,u');
  pbx.phone('1102').dial('*97');
  expect((await showChannels(client))[1]).toBe('PJSIP/1102-2 Up VoiceMailMain <unknown>');
});

it('[DC7] dials outside lines, which show the dialled digits', async () => {
  const { pbx, client } = await startCalls();
  const call = pbx.phone('1101').dial('0030123456');
  expect(await showChannels(client)).toEqual([
    'PJSIP/1101-0 Ring Dial 0030123456',
    'PJSIP/trunk-1 Ringing AppDial 1101',
  ]);
  call.ringing()[0]?.answer();
  expect(call.isTalking()).toBe(true);
  pbx.phone('1101').dial('510');
  expect(lampsOf(pbx, '1101')).toEqual(['INUSE']);
  expect(() => pbx.phone('1101').dial('999')).toThrow('no extension 999');
});
