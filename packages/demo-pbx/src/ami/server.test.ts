import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startDemoPbx } from './server.ts';
import {
  block,
  event,
  eventNames,
  failure,
  hint,
  login,
  startPbx,
  startWithClient,
  USERS,
} from '../testing/fixtures.ts';
import { connectRaw } from '../testing/raw-client.ts';

const HINTS = [hint('1', 'PJSIP/1,CustomPresence:1'), hint('2', 'PJSIP/2')];
const AWAY = { state: 'away', subtype: 'é', message: 'two\nlines' } as const;

it('[AC7] boots: short lists, rejected writes, then every hint and FullyBooted', async () => {
  const pbx = await startPbx({ hints: HINTS, bootMs: Infinity });
  pbx.setDeviceState('PJSIP/2', 'UNAVAILABLE');
  const client = await login(pbx, 'board');
  expect(client.received()).not.toContain('FullyBooted');
  expect((await client.list('ExtensionStateList', 'ActionID: l')).at(-1)).toContain('ListItems: 0');
  expect(await client.request('PresenceStateList')).toContain(
    'Message: Invalid/unknown command: PresenceStateList.',
  );
  const set = (variable: string, value: string) =>
    client.request('Setvar', `Variable: ${variable}`, `Value: ${value}`);
  expect(await set('PRESENCE_STATE(CustomPresence:1)', 'away')).toBe(failure('Variable not set'));
  expect(await set('DEVICE_STATE(Custom:x)', 'INUSE')).toBe(failure('Variable not set'));
  pbx.finishBoot();
  const live = (exten: string, ...lines: string[]): string =>
    event('ExtensionStatus', `Exten: ${exten}`, 'Context: default', 'Hint: ', ...lines);
  expect(await client.nextBlocks(3)).toEqual([
    live('1', 'Status: 0', 'StatusText: Idle'),
    live('2', 'Status: 4', 'StatusText: Unavailable'),
    block(
      'Event: FullyBooted',
      'Privilege: system,all',
      'Status: Fully Booted',
      'Uptime: 0',
      'LastReload: 0',
    ),
  ]);
  expect(await set('PRESENCE_STATE(CustomPresence:1)', 'away')).toContain('Success');
});

it('[AC7] boots by itself, listing half of the hints with a wrong lamp first', async () => {
  const { client } = await startWithClient('board', { hints: HINTS, bootMs: 400 });
  const seen = new Set<string>();
  while (!client.received().includes('FullyBooted')) {
    const blocks = await client.list('ExtensionStateList');
    if (!client.received().includes('FullyBooted'))
      seen.add(blocks.map((text) => /Status: \d/.exec(text)?.[0] ?? '').join(''));
  }
  expect(['', 'Status: 4']).toEqual(expect.arrayContaining([...seen]));
  expect(seen).toContain('Status: 4');
});

it('[AC7] retains presence and custom devices over a restart, not phones', async () => {
  const store = new Map<string, string>();
  const hints = [...HINTS, hint('3', 'Custom:c')];
  const first = await startPbx({ hints, store });
  first.setPresence('CustomPresence:1', AWAY);
  first.setDeviceState('Custom:c', 'BUSY');
  first.setDeviceState('PJSIP/2', 'INUSE');
  await first.kill();
  const second = await startPbx({ hints, store, port: first.port });
  expect(second.presence('CustomPresence:1')).toEqual(AWAY);
  expect(second.presenceSource('CustomPresence:1')).toBe('api');
  const client = await login(second);
  expect((await client.list('PresenceStateList'))[1]).toContain(
    'Status: away\r\nSubtype: é\r\nMessage: two\\nlines',
  );
  expect(await client.request('ExtensionState', 'Exten: 3')).toContain('Status: 2');
  expect(await client.request('ExtensionState', 'Exten: 2')).toContain('Status: 0');
});

it('[AC7] closes with a Shutdown event and FIN, and is killed without', async () => {
  const pbx = await startPbx();
  const [all, call] = [await login(pbx), await login(pbx, 'call')];
  const closed = pbx.close({ restart: true });
  await Promise.all([all.ended, call.ended, closed]);
  const shutdown = block('Event: Shutdown', 'Privilege: system,all', 'Shutdown: Cleanly', 'Restart: True');
  expect(all.received().endsWith(`${shutdown}\r\n\r\n`)).toBe(true);
  expect(call.received()).not.toContain('Shutdown');

  const killed = await startPbx();
  const client = await login(killed);
  await Promise.all([killed.kill(), client.ended]);
  expect(client.received()).not.toContain('Shutdown');
  await expect(connectRaw(killed.port)).rejects.toThrow('ECONNREFUSED');
});

it('[AC7] closes although a client has stopped reading', async () => {
  const { pbx, client } = await startWithClient();
  client.pause();
  await pbx.close();
  expect(pbx.sessions()).toBe(0);
});

it('[AC7] pauses and resumes: nothing is read or sent while paused, nothing is lost', async () => {
  const { pbx, client } = await startWithClient();
  const other = await login(pbx);
  pbx.pause();
  const before = client.received();
  pbx.setDeviceState('PJSIP/1101', 'INUSE');
  const pong = client.request('Ping');
  const late = connectRaw(pbx.port);
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.received()).toBe(before);
  expect(pbx.sessions()).toBe(2);
  pbx.resume();
  expect(await pong).toContain('Pong');
  expect(client.received().slice(before.length)).toContain('Device: PJSIP/1101');
  expect(await eventNames(other)).toEqual(['DeviceStateChange', 'ExtensionStatus']);
  (await late).close();
});

it('[AC7] disconnects only the session that leaves some megabytes unread', async () => {
  const pbx = await startPbx();
  const slow = await login(pbx, 'call');
  const fast = await login(pbx, 'call');
  slow.pause();
  const message = 'm'.repeat(255);
  let changes = 0;
  while (pbx.sessions() === 2) {
    for (let index = 0; index < 100; index += 1) {
      changes += 1;
      pbx.setPresence('CustomPresence:1101', { state: 'away', subtype: String(changes), message });
    }
    await fast.request('Ping');
    expect(changes).toBeLessThan(40_000);
  }
  expect(await fast.request('Ping')).toContain('Pong');
  slow.resume();
  await slow.ended;
});

it('[AC7] rejects where the port is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(startDemoPbx({ hints: [], users: USERS, port })).rejects.toThrow('EADDRINUSE');
});
