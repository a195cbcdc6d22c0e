import { expect, it } from 'vitest';
import { getChannelVariable, startCalls } from '../testing/calls.ts';
import { failure, login } from '../testing/fixtures.ts';

const CALLER = 'PJSIP/1102-00000000';
const CALLED = 'PJSIP/1101-00000001';

/** 1102 calls 1101, who answers after 2.5 s and presses hold. */
async function startHeldCall() {
  const started = await startCalls();
  const { pbx, clock } = started;
  pbx.phone('1102').dial('1101');
  clock.advance(2500);
  pbx.phone('1101').answer();
  pbx.phone('1101').hold();
  return started;
}

it.each([
  [CALLER, 'CHANNEL(onhold)', '1'],
  [CALLED, 'CHANNEL(onhold)', '0'],
  [CALLED, 'CHANNEL(linkedid)', '1796029200.1'],
  [CALLED, 'CHANNEL(uniqueid)', '1796029200.2'],
  [CALLED, 'CHANNEL(state)', 'Up'],
  [CALLER, 'CHANNEL(appname)', 'Dial'],
  [CALLER, 'CDR(start,u)', '1796029200.000000'],
  [CALLER, 'CDR(answer,u)', '1796029202.500000'],
  [CALLER, 'CALLERID(num)', '1102'],
  [CALLER, 'CALLERID(name)', 'User 1102'],
  [CALLER, 'CALLERID(pres)', 'allowed_not_screened'],
  [CALLER, 'CONNECTEDLINE(num)', '1101'],
  [CALLED, 'CONNECTEDLINE(name)', 'User 1102'],
  [CALLER, 'BRIDGEPEER', CALLED],
  [CALLER, 'STRFTIME(,UTC,%s.%3q)', '1796029202.500'],
  [CALLER, 'nosuch', ''],
])('[DC5] Getvar of %s: %s', async (channel, variable, value) => {
  const { client } = await startHeldCall();
  expect(await getChannelVariable(client, channel, variable)).toBe(value);
});

it('[DC5] has no time of an answer before there is one', async () => {
  const { pbx, client } = await startCalls();
  pbx.phone('1102').dial('1101');
  expect(await getChannelVariable(client, CALLER, 'CDR(answer,u)')).toBe('0.000000');
});

it('[DC5] replaces line breaks in typed text; of each pair of backslashes on the wire one is eaten', async () => {
  const { pbx, client } = await startCalls();
  const { channel } = pbx.stranger({ from: 'a\r\nbrn', name: 'c\nd', exten: '1101' });
  const read = (variable: string) => getChannelVariable(client, channel, variable);
  expect(await read(String.raw`REPLACE(CALLERID(num),\\r\\n,?)`)).toBe('a??brn');
  expect(await read(String.raw`REPLACE(CALLERID(name),\\r\\n,?)`)).toBe('c?d');
  expect(await read(String.raw`REPLACE(CALLERID(num),\r\n,?)`)).toContain('a\r\nb??');
  const leg = 'PJSIP/1101-00000001';
  const connected = String.raw`REPLACE(CONNECTEDLINE(num),\\r\\n,?)`;
  expect(await getChannelVariable(client, leg, connected)).toBe('a??brn');
});

it('[DC5] rejects an unknown channel, and reads for class call or reporting only', async () => {
  const { pbx, client } = await startHeldCall();
  const lines = (channel: string) => [`Channel: ${channel}`, 'Variable: CHANNEL(onhold)'];
  expect(await client.request('Getvar', ...lines('PJSIP/nope-1'))).toBe(failure('No such channel'));
  expect(await (await login(pbx, 'filtered')).request('Getvar', ...lines(CALLER))).toBe(
    failure('Permission denied'),
  );
  for (const user of ['board', 'reporting'])
    expect(await (await login(pbx, user)).request('Getvar', ...lines(CALLER))).toContain('Value: 1');
});

it('[DC5] has the time of Asterisk without a channel', async () => {
  const { clock, client } = await startCalls();
  clock.advance(1234);
  const time = await client.request('Getvar', 'Variable: STRFTIME(,UTC,%s.%3q)');
  expect(time).toContain('Value: 1796029201.234');
});
