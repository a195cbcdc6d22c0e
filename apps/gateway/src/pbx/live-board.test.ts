import { expect, it, vi } from 'vitest';
import type { Fact } from '@lampboard/board';
import type { Frame, Snapshot } from '@lampboard/protocol';
import { type Clock, systemClock } from '../clock.ts';
import { createLiveBoard } from './live-board.ts';

const PBX = { version: null, demo: false };
const listed: Fact = {
  kind: 'listed',
  hints: [{ exten: '1101', context: 'default', hint: 'PJSIP/1101,CustomPresence:1101', status: 0 }],
  presences: new Map([['CustomPresence:1101', { state: 'away', subtype: 'Lunch', message: '' }]]),
  newer: new Set(),
};
const lamp = (status: number): Fact => ({ kind: 'status', id: '1101@default', status });

function open(clock: Clock = systemClock) {
  const frames: Frame[] = [];
  const snapshots: Snapshot[] = [];
  const board = createLiveBoard({ pbx: PBX, clock });
  board.subscribe({
    onFrame: (frame) => frames.push(frame),
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  board.restart(PBX, [listed]);
  return { board, frames, snapshots };
}

it('[SY4] a burst of changes goes out in few frames, and ends in the last of them', async () => {
  const { board, frames } = open();
  for (let index = 0; index < 1000; index += 1) board.observe([lamp(index % 2 === 0 ? 1 : 8)]);
  await vi.waitFor(() => expect(board.current().rows.get('1101@default')?.lamp).toBe('ringing'));
  expect(frames).toHaveLength(1);
});

it('[SY2] frames count up by one within an epoch', async () => {
  const { board, frames, snapshots } = open();
  for (const status of [1, 0, 8]) {
    const before = frames.length;
    board.observe([lamp(status)]);
    await vi.waitFor(() => expect(frames.length).toBe(before + 1));
  }
  const seq = snapshots[0]?.seq ?? Number.NaN;
  expect(frames.map((frame) => frame.seq)).toEqual([seq + 1, seq + 2, seq + 3]);
  expect(new Set(frames.map((frame) => frame.epoch))).toEqual(new Set([snapshots[0]?.epoch]));
});

it('[SY6] listing afresh begins a new epoch and keeps since when a person has said the same', async () => {
  const { board, snapshots } = open();
  board.observe([
    {
      kind: 'presence',
      provider: 'CustomPresence:1101',
      presence: { state: 'dnd', subtype: '', message: '' },
    },
  ]);
  await vi.waitFor(() => expect(board.current().rows.get('1101@default')?.presenceSince).not.toBeNull());
  const since = board.current().rows.get('1101@default')?.presenceSince;
  const still: Fact = {
    ...listed,
    presences: new Map([['CustomPresence:1101', { state: 'dnd', subtype: '', message: '' }]]),
  };
  board.restart(PBX, [still]);
  expect(snapshots[1]?.epoch).not.toBe(snapshots[0]?.epoch);
  expect(snapshots[1]?.rows[0]).toMatchObject({ presenceSince: since, lampSince: null });
});

it('[LM3] goes on when the clock of the machine is set back by an hour', async () => {
  let shift = 0;
  const { board, frames } = open({ now: () => Date.now() + shift, elapsed: systemClock.elapsed });
  board.observe([lamp(1)]);
  await vi.waitFor(() => expect(frames).toHaveLength(1));
  shift = -3_600_000;
  board.observe([lamp(8)]);
  await vi.waitFor(() => expect(frames).toHaveLength(2));
});

it('[WH5] what is another one after an outage was set on the telephone meanwhile', () => {
  const { board, snapshots } = open();
  const presences = new Map([['CustomPresence:1101', { state: 'xa', subtype: '', message: '' } as const]]);
  board.restart(PBX, [{ ...listed, presences }]);
  expect(snapshots.map(({ rows }) => rows[0]?.presenceBy)).toEqual([null, { kind: 'telephone' }]);
});
