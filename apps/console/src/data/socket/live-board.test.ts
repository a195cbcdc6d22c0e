import { SERVER_TIMEOUT_MS } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type FakeLive, createFakeLive } from '../../testing/fake-live.ts';
import { COMMAND, patch, snapshotWith, testExtension, twoPbxs } from '../../testing/fixtures.ts';
import { offlineSince, isLive } from './connection-state.ts';
import { MAX_RETRY_DELAY_MS, retryDelay } from './reconnector.ts';

const lamp = (exten: string, value: 'ringing' | 'in-use') =>
  patch(`${exten}@default`, { lamp: value, lampSince: 1 });
const lampOf = ({ live }: FakeLive, exten: string) =>
  live.store.getState().board?.extensions.get(`${exten}@default`)?.lamp;

function startedLive(): FakeLive {
  const fake = createFakeLive();
  onTestFinished(fake.live.start());
  return fake;
}

function connectedLive(): FakeLive {
  const fake = startedLive();
  fake.open(snapshotWith([testExtension('1101'), testExtension('1102')]));
  return fake;
}

it('[LK1] is live only while the connection, its snapshot and the link to Asterisk all are', () => {
  const fake = startedLive();
  const { store } = fake.live;
  expect(isLive(store.getState())).toBe(false);
  fake.open(
    snapshotWith([testExtension('1101')], { link: { state: 'down', since: 5, reason: 'unreachable' } }),
  );
  expect(isLive(store.getState())).toBe(false);
  fake.snapshot(snapshotWith([testExtension('1101')], { epoch: 'e2' }));
  expect(isLive(store.getState())).toBe(true);
  fake.breakOff();
  expect(isLive(store.getState())).toBe(false);
});

it('[LK1] keeps the last known board while disconnected, with the time of the disconnect', () => {
  const fake = connectedLive();
  fake.timers.advance(1500);
  fake.breakOff();
  expect(lampOf(fake, '1101')).toBe('idle');
  expect(offlineSince(fake.live.store.getState())).toBe(1500);
  fake.timers.advance(60_000);
  expect(offlineSince(fake.live.store.getState())).toBe(1500);
});

it('[LK2] applies deltas in order, and ignores duplicates', () => {
  const fake = connectedLive();
  fake.delta({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'ringing')] });
  fake.delta({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'in-use')] });
  fake.timers.advance(16);
  expect(lampOf(fake, '1101')).toBe('ringing');
  expect(fake.log).not.toContain('resync');
});

it.each([
  ['a missing delta', { epoch: 'e1', seq: 3, changes: [] }],
  ['another epoch', { epoch: 'e2', seq: 1, changes: [] }],
])('[LK2] %s requests one snapshot, and no delta is applied before it', (_, gap) => {
  const fake = connectedLive();
  fake.delta(gap);
  fake.delta({ epoch: 'e1', seq: 4, changes: [lamp('1101', 'ringing')] });
  fake.timers.advance(16);
  expect(fake.log.filter((entry) => entry === 'resync')).toHaveLength(1);
  expect(lampOf(fake, '1101')).toBe('idle');
  fake.snapshot(snapshotWith([testExtension('1101', { lamp: 'busy' })], { epoch: 'e2', seq: 9 }));
  fake.delta({ epoch: 'e2', seq: 10, changes: [lamp('1101', 'in-use')] });
  fake.timers.advance(16);
  expect(lampOf(fake, '1101')).toBe('in-use');
});

it('[LK2] is not live when the resync takes longer than a second', () => {
  const fake = connectedLive();
  fake.delta({ epoch: 'e1', seq: 3, changes: [] });
  fake.timers.advance(999);
  expect(isLive(fake.live.store.getState())).toBe(true);
  fake.timers.advance(1);
  expect(isLive(fake.live.store.getState())).toBe(false);
});

it('[LK3] disconnects from an unresponsive gateway, not from one that pings, nor while a large board loads', () => {
  const fake = startedLive();
  fake.timers.advance(SERVER_TIMEOUT_MS * 2);
  fake.open(snapshotWith([testExtension('1101')]));
  for (let ping = 0; ping < 5; ping += 1) {
    fake.timers.advance(SERVER_TIMEOUT_MS - 1);
    fake.ping();
  }
  expect(isLive(fake.live.store.getState())).toBe(true);
  fake.timers.advance(SERVER_TIMEOUT_MS);
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'lost' });
  expect(fake.log.at(-1)).toBe('close');
});

it('[LK3] reconnects when the page becomes visible after the pings stopped', () => {
  const fake = connectedLive();
  fake.timers.advance(1000);
  fake.ping();
  fake.timers.advance(SERVER_TIMEOUT_MS - 1);
  window.dispatchEvent(new Event('online'));
  expect(isLive(fake.live.store.getState())).toBe(true);
  // The computer sleeps: no timer runs.
  fake.timers.now += 2;
  document.dispatchEvent(new Event('visibilitychange'));
  expect(isLive(fake.live.store.getState())).toBe(false);
  expect(fake.log.at(-1)).toBe('connect');
});

it('[LK3] disconnects when the browser reports no network', () => {
  const fake = connectedLive();
  window.dispatchEvent(new Event('offline'));
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'offline' });
});

it('[LK4] reconnects without a limit, with exponential backoff, a cap and jitter', () => {
  expect([0, 1, 2, 9, 99].map((failures) => retryDelay(failures, () => 1))).toEqual([
    250, 500, 1000, 5000, 5000,
  ]);
  expect(retryDelay(99, () => 0)).toBe(MAX_RETRY_DELAY_MS / 2);
  const fake = startedLive();
  for (let failure = 0; failure < 50; failure += 1) {
    fake.breakOff();
    fake.timers.advance(MAX_RETRY_DELAY_MS);
  }
  expect(fake.log.filter((entry) => entry === 'connect')).toHaveLength(51);
});

it('[LK4] a hanging attempt times out', () => {
  const fake = startedLive();
  fake.timers.advance(5000 + 250);
  expect(fake.log.filter((entry) => entry === 'connect')).toHaveLength(2);
});

it.each([
  ['online', () => window.dispatchEvent(new Event('online'))],
  ['visibilitychange', () => document.dispatchEvent(new Event('visibilitychange'))],
])('[LK4] reconnects immediately on %s', (_, trigger) => {
  const fake = connectedLive();
  fake.breakOff();
  const before = fake.log.length;
  trigger();
  expect(fake.log.slice(before)).toEqual(['connect']);
});

it('[LK5] “Try now” reconnects to the gateway, or through it to Asterisk', () => {
  const fake = connectedLive();
  fake.live.reconnect();
  expect(fake.log.at(-1)).toBe('reconnect');
  fake.breakOff();
  fake.live.reconnect();
  expect(fake.log.at(-1)).toBe('connect');
});

it('[LK6] does not apply an invalid message, and reports it', () => {
  const fake = connectedLive();
  fake.change(patch('1101@default', { lamp: 'disco', lampSince: 1 }));
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'incompatible' });
  expect(lampOf(fake, '1101')).toBe('idle');
});

it('[LK8] after a reconnect the board equals the snapshot', () => {
  const fake = connectedLive();
  fake.breakOff();
  fake.timers.advance(250);
  fake.open(snapshotWith([testExtension('1102', { lamp: 'busy' })], { epoch: 'e7', seq: 3 }));
  expect([...(fake.live.store.getState().board?.extensions.keys() ?? [])]).toEqual(['1102@default']);
  expect(lampOf(fake, '1102')).toBe('busy');
  expect(isLive(fake.live.store.getState())).toBe(true);
});

it('[BD5] publishes immediately after a pause, and once for the next 16 ms', () => {
  const fake = connectedLive();
  let published = 0;
  fake.live.store.subscribe(() => (published += 1));
  for (let seq = 1; seq <= 100; seq += 1)
    fake.delta({ epoch: 'e1', seq, changes: [lamp('1101', 'ringing')] });
  expect(published).toBe(1);
  fake.timers.advance(16);
  expect(published).toBe(2);
  fake.timers.advance(1000);
  expect(published).toBe(2);
});

it('[BD5] publishes in a hidden tab, whose timers are late', () => {
  const fake = connectedLive();
  let published = 0;
  fake.live.store.subscribe(() => (published += 1));
  fake.delta({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'ringing')] });
  fake.delta({ epoch: 'e1', seq: 2, changes: [lamp('1102', 'ringing')] });
  fake.timers.now += 1000;
  fake.delta({ epoch: 'e1', seq: 3, changes: [lamp('1101', 'in-use')] });
  expect(published).toBe(2);
  fake.timers.advance(500);
  expect(published).toBe(2);
});

it('[ED6] a command fails immediately while the board is not live, and is not sent later', async () => {
  const fake = connectedLive();
  fake.breakOff();
  await expect(fake.live.setPresence(COMMAND)).resolves.toMatchObject({ ok: false, code: 'link-down' });
  fake.timers.advance(250);
  fake.open(snapshotWith([testExtension('1101')]));
  expect(fake.sentCommands).toHaveLength(0);
});

it('[ED6] with several PBXs only commands for the one that is down fail', async () => {
  const fake = startedLive();
  fake.open(twoPbxs({ state: 'down', since: 5, reason: 'unreachable' }));
  const reply = fake.live.setPresence({ ...COMMAND, id: 'south/1101@default' });
  await expect(reply).resolves.toMatchObject({ ok: false, code: 'link-down' });
  void fake.live.setPresence({ ...COMMAND, id: 'north/1101@default' });
  await vi.waitFor(() => expect(fake.sentCommands).toHaveLength(1));
});

it('[ED6] a command pending when the connection breaks has an unknown outcome, and is not sent again', async () => {
  const fake = connectedLive();
  const reply = fake.live.setPresence(COMMAND);
  fake.breakOff();
  const message = expect.stringContaining('not known');
  await expect(reply).resolves.toMatchObject({ ok: false, code: 'timeout', message });
  fake.timers.advance(250);
  fake.open(snapshotWith([testExtension('1101')]));
  expect(fake.sentCommands).toHaveLength(1);
});

it('[ED6] an invalid reply counts as a timeout', async () => {
  const fake = connectedLive();
  const reply = fake.live.setPresence(COMMAND);
  fake.answer({ ok: 'perhaps' });
  await expect(reply).resolves.toMatchObject({ ok: false, code: 'timeout' });
});

it('[KN6] further numbers of entries are known before these are published, and stay as they are without a change', () => {
  const published: [string, unknown][] = [];
  const fake = createFakeLive({
    onAliases: (aliases) => void published.push(['aliases', [...aliases]]),
  });
  onTestFinished(fake.live.start());
  const { store } = fake.live;
  store.subscribe(({ board }) => void published.push(['board', board?.extensions.size]));
  fake.open(snapshotWith([testExtension('1101', { aliases: ['1101@sales'] })]));
  expect(published).toEqual([
    ['aliases', [['1101@sales', '1101@default']]],
    ['board', 1],
  ]);
  const { aliases } = store.getState();
  fake.delta({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'ringing')] });
  fake.timers.advance(16);
  expect(lampOf(fake, '1101')).toBe('ringing');
  expect(store.getState().aliases).toBe(aliases);
  fake.delta({ epoch: 'e1', seq: 2, changes: [patch('1101@default', { aliases: ['101@default'] })] });
  fake.timers.advance(16);
  expect([...store.getState().aliases]).toEqual([['101@default', '1101@default']]);
});
