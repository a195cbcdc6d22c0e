import { expect, it } from 'vitest';

import { eventNames, login, startPbx } from '../testing/bench.ts';
import type { RawClient } from '../testing/raw-client.ts';
import { posixExpression } from './posix-expression.ts';

const ALL = ['DeviceStateChange', 'ExtensionStatus', 'PresenceStateChange', 'PresenceStatus', 'UserEvent'];
const without = (...names: string[]): string[] => ALL.filter((name) => !names.includes(name));

/** The names of events that get through, each event having been sent once; the message quotes another's name. */
async function through(setUp: (client: RawClient) => Promise<unknown>, username = 'full'): Promise<string[]> {
  const pbx = await startPbx();
  const client = await login(pbx, username);
  const other = await login(pbx, 'full', 'off');
  await setUp(client);
  pbx.setDeviceState('PJSIP/1101', 'RINGING');
  pbx.setPresence('CustomPresence:1101', { state: 'away', subtype: '', message: 'Event: PresenceStatus' });
  await other.ask('UserEvent', 'UserEvent: Hi', 'Foo: bar');
  return (await eventNames(client)).toSorted();
}

const add = (client: RawClient, ...lines: string[]): Promise<string> =>
  client.ask('Filter', 'Operation: Add', ...lines);

it.each<[string[], string[]]>([
  [['Filter: !^Event: PresenceStatus'], without('PresenceStatus')],
  [['Filter: !Event: PresenceStatus'], without('PresenceStatus', 'PresenceStateChange')],
  [['Filter: !^Event: PresenceStatus\\r'], ALL],
  [['Filter: ^Event: (ExtensionStatus|PresenceStateChange)'], ['ExtensionStatus', 'PresenceStateChange']],
  [['Filter: ^Event: ExtensionStatus$'], []],
  [['Filter: [[:upper:]]oo: b.r'], ['UserEvent']],
  [['MatchCriteria: action(exclude),name(PresenceStatus)'], without('PresenceStatus')],
  [['MatchCriteria: name(UserEvent),header(Foo),method(exact)', 'Filter: bar'], ['UserEvent']],
  [['MatchCriteria: name(ExtensionStatus),header(Exten),method(regex)', 'Filter: ^1'], ['ExtensionStatus']],
])('[AC8] %j', async (lines, expected) => {
  const names = await through(async (client) => {
    expect(await add(client, ...lines)).toBe('Response: Success\r\nMessage: Success');
  });
  expect(names).toEqual(expected);
});

it('[AC8] lets through what something includes and nothing excludes', async () => {
  const names = await through(async (client) => {
    await add(client, 'Filter: ^Event: (Extension|Presence)');
    await add(client, 'Filter: !^Event: PresenceStatus');
  });
  expect(names).toEqual(['ExtensionStatus', 'PresenceStateChange']);
});

it.each([
  [['Filter: ('], 'Filter did not compile.  Check the syntax of the filter given.'],
  [['Filter: !'], 'Filter was formatted incorrectly.  Check the syntax of the filter given.'],
  [['X: y'], 'Filter was formatted incorrectly.  Check the syntax of the filter given.'],
  [
    ['MatchCriteria: bogus(x)', 'Filter: a'],
    'Filter was formatted incorrectly.  Check the syntax of the filter given.',
  ],
  [
    ['MatchCriteria: name(X)', 'Filter: a'],
    'Filter was formatted incorrectly.  Check the syntax of the filter given.',
  ],
])('[AC8] refuses %j', async (lines, message) => {
  const client = await login(await startPbx());
  expect(await add(client, ...lines)).toBe(`Response: Error\r\nMessage: ${message}`);
});

it('[AC8] knows no operation but Add, and needs the class system', async () => {
  const pbx = await startPbx();
  expect(await (await login(pbx)).ask('Filter', 'Filter: x')).toContain('Unknown operation');
  expect(await add(await login(pbx, 'board'), 'Filter: x')).toContain('Permission denied');
});

it('[AC8] keeps the filters of manager.conf', async () => {
  // The unanchored filter drops the change that merely quotes the words, as on Asterisk.
  const names = await through(async () => undefined, 'filtered');
  expect(names).toEqual(['DeviceStateChange', 'ExtensionStatus']);
});

it('[AC8] does not filter what a list lists', async () => {
  const client = await login(await startPbx());
  await add(client, 'Filter: ^Event: Nothing');
  client.send('Action: ExtensionStateList');
  expect(await client.until('ListComplete')).toHaveLength(3);
});

it.each<[string, string, string[]]>([
  ['on', 'On', ALL],
  ['off', 'Off', []],
  ['call', 'On', without('UserEvent')],
  ['system', 'On', []],
  ['call,user', 'On', ALL],
  ['bogus', 'Off', []],
  ['CALL', 'Off', []],
  ['64', 'On', ['UserEvent']],
])('[AC8] EventMask %s', async (mask, said, expected) => {
  const names = await through(async (client) => {
    expect(await client.ask('Events', `EventMask: ${mask}`)).toBe(`Response: Success\r\nEvents: ${said}`);
  });
  expect(names).toEqual(expected);
});

it('[AC8] refuses an empty mask, and shows nobody what his classes do not', async () => {
  const pbx = await startPbx();
  expect(await (await login(pbx)).ask('Events', 'EventMask:')).toContain('Invalid event mask');
  expect(await through((client) => client.ask('Events', 'EventMask: all'), 'call')).toEqual(
    without('UserEvent'),
  );
});

it('[AC8] reads escapes as POSIX does', () => {
  expect(posixExpression('^a\\.b$')?.test('a.b')).toBe(true);
  expect(posixExpression('^a\\.b$')?.test('axb')).toBe(false);
  expect(posixExpression('^a\\rb$')?.test('arb')).toBe(true);
  expect(posixExpression('^a\\\\rb$')?.test('a\\rb')).toBe(true);
});
