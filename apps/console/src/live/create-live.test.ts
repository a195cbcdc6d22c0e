import { type Change, SILENCE_MS } from '@lampboard/protocol';
import { afterEach, expect, it } from 'vitest';
import { type FakeLive, createFakeLive } from './testing/fake-live.ts';
import { rowOf } from './testing/row-of.ts';
import { snapshotWith } from './testing/snapshot-with.ts';
import { downSince, isLive } from './live-state.ts';
import { RETRY_CAP_MS, retryDelay } from './retry.ts';

const lamp = (exten: string, value: 'ringing' | 'in-use'): Change => ({
  kind: 'lamp',
  id: `${exten}@default`,
  lamp: value,
  since: 1,
});
const lampOf = ({ live }: FakeLive, exten: string) =>
  live.store.getState().board?.rows.get(`${exten}@default`)?.lamp;

let stop: (() => void) | null = null;
afterEach(() => {
  stop?.();
  stop = null;
});

function started(): FakeLive {
  const fake = createFakeLive();
  stop = fake.live.start();
  return fake;
}

function opened(): FakeLive {
  const fake = started();
  fake.open(snapshotWith([rowOf('1101'), rowOf('1102')]));
  return fake;
}

it('[LK1] is live only while the connection, its snapshot and the link to Asterisk all are', () => {
  const fake = started();
  const { store } = fake.live;
  expect(isLive(store.getState())).toBe(false);
  fake.open(snapshotWith([rowOf('1101')], { link: { state: 'down', since: 5, reason: 'unreachable' } }));
  expect(isLive(store.getState())).toBe(false);
  fake.snapshot(snapshotWith([rowOf('1101')], { epoch: 'e2' }));
  expect(isLive(store.getState())).toBe(true);
  fake.breakOff();
  expect(isLive(store.getState())).toBe(false);
});

it('[LK1] keeps the last known board while the connection is down, and says since when', () => {
  const fake = opened();
  fake.timers.pass(1500);
  fake.breakOff();
  expect(lampOf(fake, '1101')).toBe('idle');
  expect(downSince(fake.live.store.getState())).toBe(1500);
  fake.timers.pass(60_000);
  expect(downSince(fake.live.store.getState())).toBe(1500);
});

it('[LK2] takes frames in their order, and one that came twice only once', () => {
  const fake = opened();
  fake.frame({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'ringing')] });
  fake.frame({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'in-use')] });
  fake.timers.pass(16);
  expect(lampOf(fake, '1101')).toBe('ringing');
  expect(fake.log).not.toContain('resync');
});

it.each([
  ['a missing frame', { epoch: 'e1', seq: 3, changes: [] }],
  ['another epoch', { epoch: 'e2', seq: 1, changes: [] }],
])('[LK2] %s asks for one snapshot, and applies nothing until it comes', (_, gap) => {
  const fake = opened();
  fake.frame(gap);
  fake.frame({ epoch: 'e1', seq: 4, changes: [lamp('1101', 'ringing')] });
  fake.timers.pass(16);
  expect(fake.log.filter((entry) => entry === 'resync')).toHaveLength(1);
  expect(lampOf(fake, '1101')).toBe('idle');
  fake.snapshot(snapshotWith([rowOf('1101', { lamp: 'busy' })], { epoch: 'e2', seq: 9 }));
  fake.frame({ epoch: 'e2', seq: 10, changes: [lamp('1101', 'in-use')] });
  fake.timers.pass(16);
  expect(lampOf(fake, '1101')).toBe('in-use');
});

it('[LK2] is not live when the snapshot that a gap asked for does not come within a second', () => {
  const fake = opened();
  fake.frame({ epoch: 'e1', seq: 3, changes: [] });
  fake.timers.pass(999);
  expect(isLive(fake.live.store.getState())).toBe(true);
  fake.timers.pass(1);
  expect(isLive(fake.live.store.getState())).toBe(false);
});

it('[LK3] a gateway that falls silent is given up, one that pings is not, and a large board may take its time', () => {
  const fake = started();
  fake.timers.pass(SILENCE_MS * 2);
  fake.open(snapshotWith([rowOf('1101')]));
  for (let ping = 0; ping < 5; ping += 1) {
    fake.timers.pass(SILENCE_MS - 1);
    fake.heard();
  }
  expect(isLive(fake.live.store.getState())).toBe(true);
  fake.timers.pass(SILENCE_MS);
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'lost' });
  expect(fake.log.at(-1)).toBe('close');
});

it('[LK3] a connection that was silent while nobody looked is not believed when somebody looks again', () => {
  const fake = opened();
  fake.timers.pass(1000);
  fake.heard();
  fake.timers.pass(SILENCE_MS - 1);
  window.dispatchEvent(new Event('online'));
  expect(isLive(fake.live.store.getState())).toBe(true);
  // The computer sleeps: no timer runs.
  fake.timers.now += 2;
  document.dispatchEvent(new Event('visibilitychange'));
  expect(isLive(fake.live.store.getState())).toBe(false);
  expect(fake.log.at(-1)).toBe('connect');
});

it('[LK3] the browser’s word that the network is gone is enough', () => {
  const fake = opened();
  window.dispatchEvent(new Event('offline'));
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'offline' });
});

it('[LK4] tries again for ever, waiting twice as long each time up to the cap, and not in step with others', () => {
  expect([0, 1, 2, 9, 99].map((failures) => retryDelay(failures, () => 1))).toEqual([
    250, 500, 1000, 5000, 5000,
  ]);
  expect(retryDelay(99, () => 0)).toBe(RETRY_CAP_MS / 2);
  const fake = started();
  for (let failure = 0; failure < 50; failure += 1) {
    fake.breakOff();
    fake.timers.pass(RETRY_CAP_MS);
  }
  expect(fake.log.filter((entry) => entry === 'connect')).toHaveLength(51);
});

it('[LK4] an attempt that hangs is given up', () => {
  const fake = started();
  fake.timers.pass(5000 + 250);
  expect(fake.log.filter((entry) => entry === 'connect')).toHaveLength(2);
});

it.each([
  ['online', () => window.dispatchEvent(new Event('online'))],
  ['visibilitychange', () => document.dispatchEvent(new Event('visibilitychange'))],
])('[LK4] tries at once on %s', (_, happen) => {
  const fake = opened();
  fake.breakOff();
  const before = fake.log.length;
  happen();
  expect(fake.log.slice(before)).toEqual(['connect']);
});

it('[LK5] “Try now” reaches for the gateway when that is gone, and through it for Asterisk otherwise', () => {
  const fake = opened();
  fake.live.reconnect();
  expect(fake.log.at(-1)).toBe('reconnect');
  fake.breakOff();
  fake.live.reconnect();
  expect(fake.log.at(-1)).toBe('connect');
});

it('[LK6] what the page does not understand is not shown, and it says so', () => {
  const fake = opened();
  fake.frame({
    epoch: 'e1',
    seq: 1,
    changes: [{ kind: 'lamp', id: '1101@default', lamp: 'disco', since: 1 }],
  });
  expect(fake.live.store.getState().connection).toMatchObject({ state: 'down', reason: 'incompatible' });
  expect(lampOf(fake, '1101')).toBe('idle');
});

it('[LK8] after a break the board is what the snapshot says, and nothing else', () => {
  const fake = opened();
  fake.breakOff();
  fake.timers.pass(250);
  fake.open(snapshotWith([rowOf('1102', { lamp: 'busy' })], { epoch: 'e7', seq: 3 }));
  expect([...(fake.live.store.getState().board?.rows.keys() ?? [])]).toEqual(['1102@default']);
  expect(lampOf(fake, '1102')).toBe('busy');
  expect(isLive(fake.live.store.getState())).toBe(true);
});

it('[BD5] publishes what arrives after a pause at once, and what follows in the next 16 ms once', () => {
  const fake = opened();
  let published = 0;
  fake.live.store.subscribe(() => (published += 1));
  for (let seq = 1; seq <= 100; seq += 1)
    fake.frame({ epoch: 'e1', seq, changes: [lamp('1101', 'ringing')] });
  expect(published).toBe(1);
  fake.timers.pass(16);
  expect(published).toBe(2);
  fake.timers.pass(1000);
  expect(published).toBe(2);
});

it('[BD5] publishes in a hidden tab too, whose timers are late', () => {
  const fake = opened();
  let published = 0;
  fake.live.store.subscribe(() => (published += 1));
  fake.frame({ epoch: 'e1', seq: 1, changes: [lamp('1101', 'ringing')] });
  fake.frame({ epoch: 'e1', seq: 2, changes: [lamp('1102', 'ringing')] });
  fake.timers.now += 1000;
  fake.frame({ epoch: 'e1', seq: 3, changes: [lamp('1101', 'in-use')] });
  expect(published).toBe(2);
  fake.timers.pass(500);
  expect(published).toBe(2);
});

const command = {
  id: '1101@default',
  presence: { state: 'away', subtype: '', message: '' },
  base: { state: 'available', subtype: '', message: '' },
} as const;

it('[ED6] a command is refused at once while the board is not live, and not sent later', async () => {
  const fake = opened();
  fake.breakOff();
  await expect(fake.live.setPresence(command)).resolves.toMatchObject({ ok: false, code: 'link-down' });
  fake.timers.pass(250);
  fake.open(snapshotWith([rowOf('1101')]));
  expect(fake.asked).toHaveLength(0);
});

it('[ED6] when the connection breaks while a command waits, it is said that nobody knows, and it is not sent again', async () => {
  const fake = opened();
  const reply = fake.live.setPresence(command);
  fake.breakOff();
  await expect(reply).resolves.toMatchObject({
    ok: false,
    code: 'timeout',
    message: expect.stringContaining('not known'),
  });
  fake.timers.pass(250);
  fake.open(snapshotWith([rowOf('1101')]));
  expect(fake.asked).toHaveLength(1);
});

it('[ED6] an answer that is not in the contract counts as none', async () => {
  const fake = opened();
  const reply = fake.live.setPresence(command);
  fake.answer({ ok: 'perhaps' });
  await expect(reply).resolves.toMatchObject({ ok: false, code: 'timeout' });
});
