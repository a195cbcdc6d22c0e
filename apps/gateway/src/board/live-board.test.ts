import { LIVE_PBX, fullList } from './testing/fake-board.ts';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFrameScheduler, createLiveBoard } from './live-board.ts';
import type { AttributionLookup, Fact } from '@lampboard/model';
import type { Delta, PresenceState, Snapshot } from '@lampboard/protocol';
import { type Clock, systemClock } from '../platform/clock.ts';

const presence = (state: PresenceState, message = '') => ({ state, subtype: '', message });
const listOf = (state: PresenceState, message = '') =>
  fullList(new Map([['CustomPresence:1101', presence(state, message)]]));
const eventOf = (state: PresenceState, message = ''): Fact => ({
  kind: 'presence',
  provider: 'CustomPresence:1101',
  presence: presence(state, message),
});
const lamp = (status: number): Fact => ({ kind: 'status', id: '1101@default', status });

function open(clock: Clock = systemClock) {
  const deltas: Delta[] = [];
  const snapshots: Snapshot[] = [];
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock });
  board.subscribe({
    onDelta: (delta) => deltas.push(delta),
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  board.reset(LIVE_PBX, [listOf('away')]);
  return { board, deltas, snapshots, extension: () => board.current().extensions.get('1101@default') };
}

it('[SY4] a burst of changes is sent in few deltas, and ends in the last state', async () => {
  const { board, deltas, extension } = open();
  for (let index = 0; index < 1000; index += 1) board.apply(LIVE_PBX.id, [lamp(index % 2 === 0 ? 1 : 8)]);
  await vi.waitFor(() => expect(extension()?.lamp).toBe('ringing'));
  expect(deltas).toHaveLength(1);
});

it('[SY2] deltas count up by one within an epoch', async () => {
  const { board, deltas, snapshots } = open();
  for (const status of [1, 0, 8]) {
    const before = deltas.length;
    board.apply(LIVE_PBX.id, [lamp(status)]);
    await vi.waitFor(() => expect(deltas.length).toBe(before + 1));
  }
  const seq = snapshots[0]?.seq ?? Number.NaN;
  expect(deltas.map((delta) => delta.seq)).toEqual([seq + 1, seq + 2, seq + 3]);
  expect(new Set(deltas.map((delta) => delta.epoch))).toEqual(new Set([snapshots[0]?.epoch]));
});

it('[SY6] a reset begins a new epoch and keeps the time of an unchanged presence', async () => {
  const { board, snapshots, extension } = open();
  board.apply(LIVE_PBX.id, [eventOf('dnd')]);
  await vi.waitFor(() => expect(extension()?.presenceSetAt).not.toBeNull());
  const since = extension()?.presenceSetAt;
  board.reset(LIVE_PBX, [listOf('dnd')]);
  expect(snapshots[1]?.epoch).not.toBe(snapshots[0]?.epoch);
  expect(snapshots[1]?.extensions[0]).toMatchObject({ presenceSetAt: since, lampSince: null });
});

it('[CL9] a reset keeps calls and the state of their link, also those that are yet to be sent', async () => {
  const { board, snapshots } = open();
  const line = { state: 'talking', incoming: true, since: 1, party: { number: '1102', name: '' } } as const;
  const calls = [{ id: '1.1', extensions: ['1101@default'], ...line }];
  board.apply(LIVE_PBX.id, [
    { kind: 'calls', calls },
    { kind: 'calls-link', link: { state: 'live' } },
  ]);
  board.reset(LIVE_PBX, [listOf('dnd')]);
  board.reset(LIVE_PBX, [listOf('away')]);
  for (const snapshot of snapshots.slice(1)) {
    expect(snapshot.calls).toEqual(calls);
    expect(snapshot.pbxs[0]?.callsLink).toEqual({ state: 'live' });
  }
});

it('[KN8] [SY6] a number that was added during an outage changes nothing else', async () => {
  const { board, snapshots, extension } = open();
  board.apply(LIVE_PBX.id, [eventOf('dnd')]);
  await vi.waitFor(() => expect(extension()?.presenceSetAt).not.toBeNull());
  const { presenceSetAt, presenceSetBy } = extension() ?? {};
  const list = listOf('dnd');
  const entries = list.entries.map((entry) => ({ ...entry, exten: '101', aliases: [entry] }));
  board.reset(LIVE_PBX, [{ ...list, entries }]);
  const [known] = snapshots[1]?.extensions ?? [];
  expect(known).toMatchObject({ id: '101@default', presenceSetAt, presenceSetBy });
  board.reset(LIVE_PBX, [list]);
  expect(extension()).toMatchObject({ presenceSetAt, presenceSetBy });
});

it('[KN8] a presence that was set during a list in which another number becomes the id is not looked up again', () => {
  const lookedUp: string[] = [];
  const findAttribution: AttributionLookup = (_, __, { message }) => {
    lookedUp.push(message);
    return null;
  };
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock: systemClock, findAttribution });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  board.reset(LIVE_PBX, [listOf('away', 'first'), eventOf('away', 'event')]);
  const list = listOf('away', 'older');
  const entries = list.entries.map((entry) => ({ ...entry, exten: '101', aliases: [entry] }));
  const updatedDuringList = new Set(['custompresence:1101']);
  board.apply(LIVE_PBX.id, [{ ...list, entries, updatedDuringList }]);
  vi.runAllTimers();
  expect(lookedUp).toEqual(['first', 'event']);
  expect(board.current().extensions.get('101@default')?.presence?.message).toBe('event');
});

it('[LM3] continues when the system clock is set back by an hour', async () => {
  let shift = 0;
  const { board, deltas } = open({ now: () => Date.now() + shift, monotonic: systemClock.monotonic });
  board.apply(LIVE_PBX.id, [lamp(1)]);
  await vi.waitFor(() => expect(deltas).toHaveLength(1));
  shift = -3_600_000;
  board.apply(LIVE_PBX.id, [lamp(8)]);
  await vi.waitFor(() => expect(deltas).toHaveLength(2));
});

it('[WH5] a presence that differs after an outage was set on the phone', () => {
  const { board, snapshots } = open();
  board.reset(LIVE_PBX, [listOf('xa')]);
  expect(snapshots.map(({ extensions }) => extensions[0]?.presenceSetBy)).toEqual([null, { kind: 'phone' }]);
});

/** Sends deltas as soon as the scheduler allows, for `forMs` milliseconds; returns when each was sent. */
function sendTimes({ tookMs, forMs }: { tookMs: number; forMs: number }): number[] {
  let now = 1000;
  const scheduler = createFrameScheduler({ monotonic: () => now });
  const sentAt: number[] = [];
  while (now < 1000 + forMs) {
    now += scheduler.wait();
    sentAt.push(now - 1000);
    now += tookMs;
    scheduler.sent(tookMs);
  }
  return sentAt;
}

it('[SY4] a few changes after a pause are sent at once, one by one', () => {
  expect(sendTimes({ tookMs: 0, forMs: 1000 }).slice(0, 4)).toEqual([0, 0, 0, 0]);
});

it('[SY4] deltas are sent every 8 ms while much changes', () => {
  const sentAt = sendTimes({ tookMs: 0, forMs: 1000 });
  const gaps = sentAt.slice(10).map((timestamp, index) => timestamp - (sentAt[index + 9] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([8]));
});

it('[SY4] costly deltas, to many clients, are sent less often and take half of the time', () => {
  const sentAt = sendTimes({ tookMs: 20, forMs: 10_000 });
  expect((sentAt.length * 20) / 10_000).toBeLessThan(0.51);
  expect((sentAt.length * 20) / 10_000).toBeGreaterThan(0.49);
});

it('[SY4] after a stall during a delta the next one is sent within 100 ms', () => {
  let now = 1000;
  const scheduler = createFrameScheduler({ monotonic: () => now });
  now += 3000;
  scheduler.sent(3000);
  expect(scheduler.wait()).toBeLessThanOrEqual(100);
});

it('[WH5] looks up who set a listed presence, unless an event newer than the list has come', () => {
  const lookedUp: string[] = [];
  const findAttribution: AttributionLookup = (_, __, { message }) => {
    lookedUp.push(message);
    return null;
  };
  const board = createLiveBoard({ pbxs: [LIVE_PBX], clock: systemClock, findAttribution });
  const updated = (message: string): Fact => ({
    ...listOf('away', message),
    updatedDuringList: new Set(['custompresence:1101']),
  });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  board.reset(LIVE_PBX, [updated('first'), eventOf('away', 'event')]);
  board.apply(LIVE_PBX.id, [updated('older'), listOf('away', 'newer')]);
  vi.runAllTimers();
  expect(lookedUp).toEqual(['first', 'event', 'newer']);
});
