import { expect, it } from 'vitest';
import {
  block,
  event,
  eventNames,
  failure,
  hint,
  login,
  startPbx,
  startWithClient,
  success,
} from '../testing/fixtures.ts';
import type { RawClient } from '../testing/raw-client.ts';

const PROVIDER = 'CustomPresence:1101';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const setPresence = (client: RawClient, value: string, provider = PROVIDER): Promise<string> =>
  client.request('Setvar', `Variable: PRESENCE_STATE(${provider})`, `Value: ${value}`);

async function getPresence(client: RawClient, argument: string): Promise<string> {
  const variable = `PRESENCE_STATE(${argument})`;
  const prefix = `Response: Success\r\nVariable: ${variable}\r\nValue: `;
  const answer = await client.request('Getvar', `Variable: ${variable}`);
  expect(answer.slice(0, prefix.length)).toBe(prefix);
  return answer.slice(prefix.length);
}

const SET = success('Message: Variable Set');
const NOT_SET = failure('Variable not set');

it('[AC3] sets, announces and reads back a presence', async () => {
  const { pbx, client } = await startWithClient('board');
  expect(await setPresence(client, `away,${base64('Lunch')},${base64('Back at 14:00')},e`)).toBe(SET);
  const headers = ['Status: away', 'Subtype: Lunch', 'Message: Back at 14:00'];
  expect(await client.nextBlocks(2)).toEqual([
    event('PresenceStateChange', `Presentity: ${PROVIDER}`, ...headers),
    event('PresenceStatus', 'Exten: 1101', 'Context: default', `Hint: PJSIP/1101,${PROVIDER}`, ...headers),
  ]);
  expect(await getPresence(client, `${PROVIDER},value`)).toBe('away');
  expect(await getPresence(client, `${PROVIDER},subtype`)).toBe('Lunch');
  expect(await getPresence(client, `${PROVIDER},message,e`)).toBe(base64('Back at 14:00'));
  expect(pbx.presence(PROVIDER)).toEqual({ state: 'away', subtype: 'Lunch', message: 'Back at 14:00' });
  expect(pbx.presenceSource(PROVIDER)).toBe('ami');
});

it('[AC3] escapes only in PresenceStateChange and lists', async () => {
  const { client } = await startWithClient('board');
  const message = 'a\nb\tc "d" \'e\' \\ f? é 😀,';
  await setPresence(client, `dnd,,${base64(message)},e`);
  const escaped = 'Message: a\\nb\\tc \\"d\\" \\\'e\\\' \\\\ f\\? é 😀,';
  const [change, status] = await client.nextBlocks(2);
  expect(change).toContain(escaped);
  expect(status).toContain(`Message: ${message}`);
  expect(await getPresence(client, `${PROVIDER},message`)).toBe(message);
  expect(await client.request('PresenceState', `Provider: ${PROVIDER}`)).toBe(
    success('Message: Presence State', 'State: dnd', `Message: ${message}`, `PresenceMessage: ${message}`),
  );
  expect(await client.list('PresenceStateList', 'ActionID: l')).toEqual([
    success('ActionID: l', 'EventList: start', 'Message: Presence State Changes will follow'),
    block(
      'Event: PresenceStateChange',
      'ActionID: l',
      `Presentity: ${PROVIDER}`,
      'Status: dnd',
      'Subtype: ',
      escaped,
    ),
    block('Event: PresenceStateListComplete', 'ActionID: l', 'EventList: Complete', 'ListItems: 1'),
  ]);
});

it('[AC5] lets a message forge an event, as Asterisk does', async () => {
  const { client } = await startWithClient('board');
  const forged = event('ExtensionStatus', 'Exten: 1102', 'Status: 8');
  await setPresence(client, `away,,${base64(`hi\r\n\r\n${forged}`)},e`);
  const blocks = await client.nextBlocks(3);
  expect(blocks[0]).toContain('Message: hi\\r\\n\\r\\nEvent: ExtensionStatus');
  expect(blocks[1]).toMatch(/^Event: PresenceStatus\r\n.*Message: hi$/s);
  expect(blocks[2]).toBe(forged);
});

it('[AC3] truncates events and lists at 255 bytes, even inside a character, and stores all', async () => {
  const { pbx, client } = await startWithClient('board');
  const bytes = await login(pbx, 'board', 'off');
  const message = 'é'.repeat(150);
  await setPresence(client, `away,${base64('s'.repeat(300))},${base64(message)},e`);
  const [change] = await client.nextBlocks(1);
  expect(change).toContain(`Subtype: ${'s'.repeat(255)}\r\n`);
  expect(change?.endsWith(`Message: ${'é'.repeat(127)}\uFFFD`)).toBe(true);
  expect(await getPresence(bytes, `${PROVIDER},message,e`)).toBe(base64(message));
  expect(pbx.presence(PROVIDER).message).toBe(message);
  await setPresence(client, `away,,${message}`);
  expect((await client.readUntil(message))[0]).toContain('PresenceStat');
});

it('[AC3] accepts 750 bytes of message in one line and rejects 756', async () => {
  const client = await login(await startPbx(), 'board', 'off');
  expect(await setPresence(client, `away,,${base64('m'.repeat(750))},e`)).toBe(SET);
  expect(await getPresence(client, `${PROVIDER},message`)).toBe('m'.repeat(750));
  const value = `Value: away,,${base64('m'.repeat(756))},e`;
  client.send('Action: Setvar', 'ActionID: x', `Variable: PRESENCE_STATE(${PROVIDER})`, value);
  expect(await client.nextBlocks(1)).toEqual([
    block('Response: Error', 'ActionID: x', 'Message: Failed to parse message: line too long'),
  ]);
});

it('[AC3] announces an unchanged presence without a PresenceStatus', async () => {
  const { client } = await startWithClient('board');
  await setPresence(client, 'away,a,b');
  await eventNames(client);
  await setPresence(client, 'away,a,b');
  expect(await eventNames(client)).toEqual(['PresenceStateChange']);
});

it.each<[string, string, object]>([
  ['AWAY,x,y', SET, { state: 'away', subtype: 'x', message: 'y' }],
  ['away', SET, { state: 'away', subtype: '', message: '' }],
  ['not_set', SET, { state: 'not_set', subtype: '', message: '' }],
  ['away,,@@@,e', SET, { state: 'away', subtype: '', message: '\uFFFD\uFFFD' }],
  ['away,a,bQ,e', SET, { state: 'away', subtype: '', message: 'm' }],
  ['away,bQ==,bQ,xe', SET, { state: 'away', subtype: 'm', message: 'm' }],
  ['nonsense,,', NOT_SET, { state: 'dnd', subtype: 'old', message: 'old' }],
  ['', NOT_SET, { state: 'dnd', subtype: 'old', message: 'old' }],
  ['away,x,y,z', NOT_SET, { state: 'dnd', subtype: 'old', message: 'old' }],
])('[AC3] Setvar %j', async (value, answer, stored) => {
  const pbx = await startPbx();
  const client = await login(pbx, 'board', 'off');
  pbx.setPresence(PROVIDER, { state: 'dnd', subtype: 'old', message: 'old' });
  expect(await setPresence(client, value)).toBe(answer);
  expect(pbx.presence(PROVIDER)).toEqual(stored);
});

it('[AC3] accepts a provider without a hint, but only CustomPresence', async () => {
  const { pbx, client } = await startWithClient('board');
  expect(await setPresence(client, 'away,a,b', 'CustomPresence:NoHint')).toBe(SET);
  expect(await eventNames(client)).toEqual(['PresenceStateChange']);
  expect(await setPresence(client, 'away', 'SIP:1101')).toBe(NOT_SET);
  expect(await setPresence(client, 'away', 'CustomPresence:')).toBe(NOT_SET);
  expect(() => pbx.setPresence('SIP:1', { state: 'away', subtype: '', message: '' })).toThrow(
    'CustomPresence',
  );
});

it('[AC3] reads not_set of a provider never set', async () => {
  const { pbx, client } = await startWithClient('board');
  expect(await getPresence(client, 'CustomPresence:nobody,value')).toBe('not_set');
  expect(await getPresence(client, 'Other:nobody,value')).toBe('');
  expect(await client.request('PresenceState', 'Provider: CustomPresence:nobody')).toBe(
    success('Message: Presence State', 'State: not_set'),
  );
  expect(await client.request('PresenceState', 'Provider: Foo:x')).toBe(
    failure('Invalid provider Foo:x or provider in invalid state'),
  );
  expect(pbx.presence('CustomPresence:nobody')).toEqual({ state: 'not_set', subtype: '', message: '' });
});

it('[AC3] announces a presence once per hint that watches it', async () => {
  const hints = [
    hint('1', `,${PROVIDER}`),
    hint('2', `PJSIP/2,${PROVIDER}`),
    hint('3', 'PJSIP/3'),
    hint('_7XXX', `,${PROVIDER}`),
  ];
  const { client } = await startWithClient('board', { hints });
  await setPresence(client, 'dnd');
  expect(await eventNames(client)).toEqual(['PresenceStateChange', 'PresenceStatus', 'PresenceStatus']);
});
