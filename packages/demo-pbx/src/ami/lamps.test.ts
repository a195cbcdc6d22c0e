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

const HINTS = [
  hint('1101', 'PJSIP/1101,CustomPresence:1101'),
  hint('1105', 'PJSIP/1105&Custom:DND1105,CustomPresence:1105'),
  hint('602', ',CustomPresence:x'),
  hint('_7XXX', 'PJSIP/1101'),
];

const status = (exten: string, hintText: string, statusText: string): string[] => [
  `Exten: ${exten}`,
  'Context: default',
  `Hint: ${hintText}`,
  ...statusText.split(' ').map((value, index) => `${index === 0 ? 'Status' : 'StatusText'}: ${value}`),
];

it('[AC1] lists hints, without the patterns', async () => {
  const { client } = await startWithClient('full', { hints: HINTS });
  client.send('Action: ExtensionStateList', 'ActionID: l');
  const item = (...lines: string[]): string => block('Event: ExtensionStatus', 'ActionID: l', ...lines);
  expect(await client.readUntil('ListComplete')).toEqual([
    success('ActionID: l', 'EventList: start', 'Message: Extension Statuses will follow'),
    item(...status('1101', 'PJSIP/1101,CustomPresence:1101', '0 Idle')),
    item(...status('1105', 'PJSIP/1105&Custom:DND1105,CustomPresence:1105', '0 Idle')),
    item(...status('602', ',CustomPresence:x', '4 Unavailable')),
    block('Event: ExtensionStateListComplete', 'ActionID: l', 'EventList: Complete', 'ListItems: 3'),
  ]);
});

it('[AC2] announces the change of a device and of its lamps', async () => {
  const { pbx, client } = await startWithClient('call', { hints: HINTS });
  pbx.setDeviceState('PJSIP/1101', 'RINGING');
  expect(await client.nextBlocks(2)).toEqual([
    event('DeviceStateChange', 'Device: PJSIP/1101', 'State: RINGING'),
    event('ExtensionStatus', ...status('1101', 'PJSIP/1101,CustomPresence:1101', '8 Ringing')),
  ]);
  pbx.setDeviceState('PJSIP/1101', 'RINGING');
  pbx.setDeviceState('Custom:DND1105', 'NOT_INUSE');
  expect(await eventNames(client)).toEqual(['DeviceStateChange']);
});

it.each([
  ['INUSE', 'NOT_INUSE', '1 InUse'],
  ['BUSY', 'INUSE', '2 Busy'],
  ['UNAVAILABLE', 'INVALID', '4 Unavailable'],
  ['UNAVAILABLE', 'NOT_INUSE', '0 Idle'],
  ['RINGING', 'NOT_INUSE', '8 Ringing'],
  ['RINGING', 'INUSE', '9 InUse&Ringing'],
  ['RINGING', 'ONHOLD', '9 InUse&Ringing'],
  ['RINGINUSE', 'BUSY', '9 InUse&Ringing'],
  ['ONHOLD', 'NOT_INUSE', '16 Hold'],
  ['ONHOLD', 'INUSE', '1 InUse'],
  ['ONHOLD', 'UNAVAILABLE', '16 Hold'],
] as const)('[AC2] two devices, %s and %s: %s', async (one, other, statusText) => {
  const pbx = await startPbx({ hints: HINTS });
  pbx.setDeviceState('PJSIP/1105', one);
  pbx.setDeviceState('Custom:DND1105', other);
  const client = await login(pbx);
  const hintText = 'PJSIP/1105&Custom:DND1105,CustomPresence:1105';
  expect(await client.request('ExtensionState', 'Exten: 1105', 'Context: default')).toBe(
    success('Message: Extension Status', ...status('1105', hintText, statusText)),
  );
});

it('[AC1] reports an unknown extension, and requires one', async () => {
  const { client } = await startWithClient();
  expect(await client.request('ExtensionState', 'Exten: 9')).toBe(
    success('Message: Extension Status', ...status('9', '', '-1 Unknown')),
  );
  expect(await client.request('ExtensionState')).toBe(failure('Extension not specified'));
});

it('[AC4] reload: announces every hint, new ones without their text, and no removed one', async () => {
  const { pbx, client } = await startWithClient('full', { hints: HINTS });
  pbx.reload([
    hint('1101', 'PJSIP/1101,CustomPresence:1101'),
    hint('1120', 'PJSIP/1120,CustomPresence:1120'),
  ]);
  expect(await client.nextBlocks(2)).toEqual([
    event('ExtensionStatus', ...status('1101', 'PJSIP/1101,CustomPresence:1101', '0 Idle')),
    event('ExtensionStatus', ...status('1120', '', '0 Idle')),
  ]);
  expect(await eventNames(client)).toEqual([]);
  pbx.setDeviceState('PJSIP/1120', 'INUSE');
  expect((await client.nextBlocks(2))[1]).toContain('Hint: PJSIP/1120,CustomPresence:1120');
  expect(await client.request('ExtensionState', 'Exten: 1105')).toContain('Status: -1');
});

it('[AC1] lists 5,000 hints in less than 100 ms', async () => {
  const hints = Array.from({ length: 5000 }, (_, index) =>
    hint(String(index), `PJSIP/${index},CustomPresence:${index}`),
  );
  const { client } = await startWithClient('full', { hints });
  let bestMs = Infinity;
  let blocks: string[] = [];
  // The best of several, since the machine may be busy.
  for (let attempt = 0; attempt < 8 && bestMs >= 100; attempt += 1) {
    const start = performance.now();
    blocks = await client.list('ExtensionStateList');
    bestMs = Math.min(bestMs, performance.now() - start);
  }
  expect(bestMs).toBeLessThan(100);
  expect(blocks).toHaveLength(5002);
  expect(blocks.at(-1)).toContain('ListItems: 5000');
});
