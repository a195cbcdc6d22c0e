import { expect, it } from 'vitest';
import { eventNames, failure, login, startPbx, startWithClient, success } from '../testing/fixtures.ts';
import type { RawClient } from '../testing/raw-client.ts';
import { compilePosixRegex } from './event-filter.ts';

const ALL = ['DeviceStateChange', 'ExtensionStatus', 'PresenceStateChange', 'PresenceStatus', 'UserEvent'];
const without = (...names: string[]): string[] => ALL.filter((name) => !names.includes(name));

/** Resolves to the sorted names of the events that pass; the presence message quotes another event's name. */
async function receivedEvents(
  setUp: (client: RawClient) => Promise<unknown>,
  username = 'full',
): Promise<string[]> {
  const pbx = await startPbx();
  const client = await login(pbx, username);
  const other = await login(pbx, 'full', 'off');
  await setUp(client);
  pbx.setDeviceState('PJSIP/1101', 'RINGING');
  pbx.setPresence('CustomPresence:1101', { state: 'away', subtype: '', message: 'Event: PresenceStatus' });
  await other.request('UserEvent', 'UserEvent: Hi', 'Foo: bar');
  return (await eventNames(client)).toSorted();
}

const addFilter = (client: RawClient, ...lines: string[]): Promise<string> =>
  client.request('Filter', 'Operation: Add', ...lines);

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
  const names = await receivedEvents(async (client) => {
    expect(await addFilter(client, ...lines)).toBe(success('Message: Success'));
  });
  expect(names).toEqual(expected);
});

it('[AC8] passes events that one filter includes and none excludes', async () => {
  const names = await receivedEvents(async (client) => {
    await addFilter(client, 'Filter: ^Event: (Extension|Presence)');
    await addFilter(client, 'Filter: !^Event: PresenceStatus');
  });
  expect(names).toEqual(['ExtensionStatus', 'PresenceStateChange']);
});

it.each([
  [['Filter: ('], 'did not compile'],
  [['Filter: !'], 'was formatted incorrectly'],
  [['X: y'], 'was formatted incorrectly'],
  [['MatchCriteria: bogus(x)', 'Filter: a'], 'was formatted incorrectly'],
  [['MatchCriteria: name(X)', 'Filter: a'], 'was formatted incorrectly'],
])('[AC8] rejects %j', async (lines, reason) => {
  const { client } = await startWithClient();
  expect(await addFilter(client, ...lines)).toBe(
    failure(`Filter ${reason}.  Check the syntax of the filter given.`),
  );
});

it('[AC8] supports only the operation Add, which needs the class system', async () => {
  const pbx = await startPbx();
  expect(await (await login(pbx)).request('Filter', 'Filter: x')).toContain('Unknown operation');
  expect(await addFilter(await login(pbx, 'board'), 'Filter: x')).toContain('Permission denied');
});

it('[AC8] applies the filters of manager.conf', async () => {
  // The unanchored filter also drops the event that quotes the words, as in Asterisk.
  const names = await receivedEvents(async () => undefined, 'filtered');
  expect(names).toEqual(['DeviceStateChange', 'ExtensionStatus']);
});

it('[AC8] does not filter list items', async () => {
  const { client } = await startWithClient();
  await addFilter(client, 'Filter: ^Event: Nothing');
  expect(await client.list('ExtensionStateList')).toHaveLength(3);
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
])('[AC8] EventMask %s', async (mask, reply, expected) => {
  const names = await receivedEvents(async (client) => {
    expect(await client.request('Events', `EventMask: ${mask}`)).toBe(success(`Events: ${reply}`));
  });
  expect(names).toEqual(expected);
});

it('[AC8] rejects an empty mask, and sends no event outside the classes of the user', async () => {
  const pbx = await startPbx();
  expect(await (await login(pbx)).request('Events', 'EventMask:')).toContain('Invalid event mask');
  expect(await receivedEvents((client) => client.request('Events', 'EventMask: all'), 'call')).toEqual(
    without('UserEvent'),
  );
});

it('[AC8] interprets escapes as POSIX does', () => {
  expect(compilePosixRegex('^a\\.b$')?.test('a.b')).toBe(true);
  expect(compilePosixRegex('^a\\.b$')?.test('axb')).toBe(false);
  expect(compilePosixRegex('^a\\rb$')?.test('arb')).toBe(true);
  expect(compilePosixRegex('^a\\\\rb$')?.test('a\\rb')).toBe(true);
});
