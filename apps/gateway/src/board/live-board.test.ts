import { expect, it, vi } from 'vitest';
import type { Fact } from '@lampboard/model';
import type { Delta, Snapshot } from '@lampboard/protocol';
import { type Clock, systemClock } from '../platform/clock.ts';
import { createLiveBoard } from './live-board.ts';

const PBX = { version: null, demo: false };
const fullList: Fact = {
  kind: 'full-list',
  hints: [{ exten: '1101', context: 'default', hint: 'PJSIP/1101,CustomPresence:1101', status: 0 }],
  presences: new Map([['CustomPresence:1101', { state: 'away', subtype: 'Lunch', message: '' }]]),
  updatedDuringList: new Set(),
};
const lamp = (status: number): Fact => ({ kind: 'status', id: '1101@default', status });

function open(clock: Clock = systemClock) {
  const deltas: Delta[] = [];
  const snapshots: Snapshot[] = [];
  const board = createLiveBoard({ pbx: PBX, clock });
  board.subscribe({
    onDelta: (delta) => deltas.push(delta),
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  board.reset(PBX, [fullList]);
  return { board, deltas, snapshots };
}

it('[SY4] a burst of changes goes out in few frames, and ends in the last of them', async () => {
  const { board, deltas } = open();
  for (let index = 0; index < 1000; index += 1) board.apply([lamp(index % 2 === 0 ? 1 : 8)]);
  await vi.waitFor(() => expect(board.current().extensions.get('1101@default')?.lamp).toBe('ringing'));
  expect(deltas).toHaveLength(1);
});

it('[SY2] frames count up by one within an epoch', async () => {
  const { board, deltas, snapshots } = open();
  for (const status of [1, 0, 8]) {
    const before = deltas.length;
    board.apply([lamp(status)]);
    await vi.waitFor(() => expect(deltas.length).toBe(before + 1));
  }
  const seq = snapshots[0]?.seq ?? Number.NaN;
  expect(deltas.map((delta) => delta.seq)).toEqual([seq + 1, seq + 2, seq + 3]);
  expect(new Set(deltas.map((delta) => delta.epoch))).toEqual(new Set([snapshots[0]?.epoch]));
});

it('[SY6] listing afresh begins a new epoch and keeps since when a person has said the same', async () => {
  const { board, snapshots } = open();
  board.apply([
    {
      kind: 'presence',
      provider: 'CustomPresence:1101',
      presence: { state: 'dnd', subtype: '', message: '' },
    },
  ]);
  await vi.waitFor(() =>
    expect(board.current().extensions.get('1101@default')?.presenceSetAt).not.toBeNull(),
  );
  const since = board.current().extensions.get('1101@default')?.presenceSetAt;
  const unchanged: Fact = {
    ...fullList,
    presences: new Map([['CustomPresence:1101', { state: 'dnd', subtype: '', message: '' }]]),
  };
  board.reset(PBX, [unchanged]);
  expect(snapshots[1]?.epoch).not.toBe(snapshots[0]?.epoch);
  expect(snapshots[1]?.extensions[0]).toMatchObject({ presenceSetAt: since, lampSince: null });
});

it('[LM3] goes on when the clock of the machine is set back by an hour', async () => {
  let shift = 0;
  const { board, deltas } = open({ now: () => Date.now() + shift, monotonic: systemClock.monotonic });
  board.apply([lamp(1)]);
  await vi.waitFor(() => expect(deltas).toHaveLength(1));
  shift = -3_600_000;
  board.apply([lamp(8)]);
  await vi.waitFor(() => expect(deltas).toHaveLength(2));
});

it('[WH5] what is another one after an outage was set on the telephone meanwhile', () => {
  const { board, snapshots } = open();
  const presences = new Map([['CustomPresence:1101', { state: 'xa', subtype: '', message: '' } as const]]);
  board.reset(PBX, [{ ...fullList, presences }]);
  expect(snapshots.map(({ extensions: rows }) => rows[0]?.presenceSetBy)).toEqual([null, { kind: 'phone' }]);
});
