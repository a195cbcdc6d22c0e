import { expect, it } from 'vitest';
import { eventNames, failure, hint, startWithClient, success } from '../testing/fixtures.ts';
import type { RawClient } from '../testing/raw-client.ts';

const HINTS = [hint('1101', 'PJSIP/1101,CustomPresence:1101', 'Zoë'), hint('1102', 'PJSIP/1102')];

const get = (client: RawClient, variable: string): Promise<string> =>
  client.request('Getvar', `Variable: ${variable}`);
const set = (client: RawClient, variable: string, value: string): Promise<string> =>
  client.request('Setvar', `Variable: ${variable}`, `Value: ${value}`);
const SET = success('Message: Variable Set');
const NOT_SET = failure('Variable not set');

it.each([
  ['PJSIP_ENDPOINT(1101,callerid)', '"Zoë" <1101>'],
  ['PJSIP_ENDPOINT(1102,callerid)', '<unknown>'],
  ['PJSIP_ENDPOINT(9999,callerid)', ''],
  ['HINT(1101@default,n)', 'Zoë'],
  ['HINT(1102@default,n)', ''],
  ['HINT(1101@default)', 'PJSIP/1101,CustomPresence:1101'],
  ['HINT(1101)', 'PJSIP/1101,CustomPresence:1101'],
  ['DB(AMPUSER/1101/cidname)', ''],
  ['VERSION()', '22.10.1'],
  ['VERSION(ASTERISK_VERSION_NUM)', '221001'],
  ['DEVICE_STATE(PJSIP/1101)', 'NOT_INUSE'],
  ['DEVICE_STATE(Custom:never)', 'UNKNOWN'],
  ['NOSUCH(x)', ''],
  ['nosuch', ''],
])('[AC6] Getvar %s', async (variable, value) => {
  const { client } = await startWithClient('board', { hints: HINTS });
  expect(await get(client, variable)).toBe(success(`Variable: ${variable}`, `Value: ${value}`));
});

it('[AC6] rejects reading outside the PBX, and a variable without a name', async () => {
  const { client } = await startWithClient('board');
  expect(await get(client, 'SHELL(id)')).toBe(failure('GetVar Access Forbidden: Variable'));
  expect(await client.request('Getvar')).toBe(failure('No variable specified'));
  expect(await client.request('Setvar', 'Value: 1')).toBe(failure('No variable specified'));
});

it('[AC6] stores global variables', async () => {
  const { client } = await startWithClient();
  expect(await set(client, 'GLOB', 'a,b')).toBe(SET);
  expect(await eventNames(client)).toEqual(['VarSet']);
  expect(await get(client, 'GLOB')).toContain('Value: a,b');
  expect(await get(client, 'GLOBAL(GLOB)')).toContain('Value: a,b');
  expect(await set(client, 'PRESENCE_STATE(CustomPresence:1', 'away')).toBe(SET);
});

it('[AC6] sets custom devices only, to states that Asterisk has', async () => {
  const { pbx, client } = await startWithClient('board', { hints: [hint('600', 'Custom:lamp')] });
  expect(await set(client, 'DEVICE_STATE(Custom:lamp)', 'ringing')).toBe(SET);
  expect(await eventNames(client)).toEqual(['DeviceStateChange', 'ExtensionStatus']);
  expect(await get(client, 'DEVICE_STATE(Custom:lamp)')).toContain('Value: RINGING');
  expect(pbx.deviceState('Custom:lamp')).toBe('RINGING');
  expect(await set(client, 'DEVICE_STATE(Custom:lamp)', 'nonsense')).toBe(NOT_SET);
  expect(await set(client, 'DEVICE_STATE(Custom:lamp)', 'UNKNOWN')).toBe(NOT_SET);
  expect(await set(client, 'DEVICE_STATE(PJSIP/1101)', 'INUSE')).toBe(NOT_SET);
  expect(await set(client, 'DEVICE_STATE(Custom:)', 'INUSE')).toBe(NOT_SET);
  expect(await set(client, 'DB(a/b)', 'x')).toBe(NOT_SET);
});

it('[AC6] parses CRLF in a value as another header or another action', async () => {
  const { client } = await startWithClient('board');
  client.write(
    'Action: Setvar\r\nVariable: GLOB\r\nValue: a\r\nActionID: x\r\n\r\nAction: Ping\r\nActionID: y\r\n\r\n',
  );
  const [first, second] = await client.nextBlocks(2);
  expect(first).toContain('ActionID: x');
  expect(second).toMatch(/^Response: Success\r\nActionID: y\r\nPing: Pong\r\nTimestamp: \d+\.\d{6}$/);
});

const DENIED = failure('Permission denied');

it.each([
  ['Ping', false],
  ['Events', false],
  ['Setvar', true],
  ['Getvar', true],
  ['PresenceState', true],
  ['PresenceStateList', true],
  ['ExtensionState', true],
  ['ExtensionStateList', true],
  ['DeviceStateList', true],
  ['CoreShowChannels', true],
  ['CoreStatus', true],
  ['CoreSettings', true],
  ['Filter', true],
  ['UserEvent', true],
])('[AC6] %s without any class: denied %s', async (action, denied) => {
  const { client } = await startWithClient('filtered');
  const answer = await client.request(action, 'Variable: x', 'Provider: CustomPresence:x', 'EventMask: on');
  expect(answer === DENIED).toBe(denied);
});

it('[AC6] rejects an unknown action and a missing one', async () => {
  const { client } = await startWithClient();
  const text = 'Invalid/unknown command: Nope. Use Action: ListCommands to show available commands.';
  expect(await client.request('Nope')).toBe(failure(text));
  client.send('Foo');
  expect(await client.nextBlocks(1)).toEqual([failure('Missing action in request')]);
  expect(await client.request('ListCommands')).toContain(
    'Setvar: Sets a channel variable or function value.  (Priv: call,all)',
  );
});
