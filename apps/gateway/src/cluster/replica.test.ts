import { type Board, applyDelta, boardFromSnapshot, linkOf } from '@lampboard/model';
import type { Change, Pbx, Snapshot } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { LIVE_PBX, createExtension } from '../board/testing/fake-board.ts';
import { createReplica } from './replica.ts';

const LIVE_LINK: Change = {
  table: 'pbxs',
  op: 'patch',
  id: LIVE_PBX.id,
  fields: { link: { state: 'live' } },
};

function open() {
  let now = 1000;
  const replica = createReplica({ pbxs: [LIVE_PBX], now: () => now });
  let publishedBoard: Board = boardFromSnapshot(replica.board.snapshot());
  replica.board.subscribe({
    onSnapshot: (snapshot) => (publishedBoard = boardFromSnapshot(snapshot)),
    onDelta(delta) {
      const applied = applyDelta(publishedBoard, delta);
      if (applied.kind !== 'applied') throw new Error(applied.kind);
      publishedBoard = applied.board;
    },
  });
  const snapshot = (epoch: string, link: Pbx['link'] = { state: 'live' }): Snapshot => ({
    epoch,
    seq: 0,
    time: 0,
    pbxs: [{ ...LIVE_PBX, link }],
    extensions: [createExtension('1101', 'idle')],
  });
  const lamp = (to: 'busy' | 'ringing'): Change => ({
    table: 'extensions',
    op: 'patch',
    id: '1101@default',
    fields: { lamp: to, lampSince: null },
  });
  const published = () => ({
    link: linkOf(publishedBoard.pbxs.values()),
    lamp: publishedBoard.extensions.get('1101@default')?.lamp,
  });
  return { replica, snapshot, lamp, published, setTime: (ms: number) => void (now = ms) };
}

it('[SG1] clients follow the leader’s board', () => {
  const { replica, snapshot, lamp, published } = open();
  replica.applySnapshot(snapshot('a'));
  replica.setDegraded(null);
  expect(replica.applyDelta({ epoch: 'a', seq: 1, changes: [lamp('busy')] })).toBe(true);
  expect(published()).toEqual({ link: { state: 'live' }, lamp: 'busy' });
  expect(replica.applyDelta({ epoch: 'a', seq: 3, changes: [lamp('ringing')] })).toBe(false);
  expect(replica.applyDelta({ epoch: 'b', seq: 2, changes: [lamp('ringing')] })).toBe(false);
  expect(published().lamp).toBe('busy');
});

it('[SG3] nothing is live without a current leader; an outage keeps the time of its beginning', () => {
  const { replica, snapshot, lamp, published, setTime } = open();
  expect(published().link).toEqual({ state: 'down', since: 1000, reason: 'connecting' });
  replica.applySnapshot(snapshot('a'));
  expect(published().link).toMatchObject({ state: 'down' });
  replica.setDegraded(null);
  expect(published().link).toEqual({ state: 'live' });
  setTime(2000);
  replica.setDegraded('no-leader');
  setTime(3000);
  replica.applyDelta({ epoch: 'a', seq: 1, changes: [lamp('busy'), LIVE_LINK] });
  expect(published()).toEqual({ link: { state: 'down', since: 2000, reason: 'no-leader' }, lamp: 'busy' });
  replica.applySnapshot(snapshot('b', { state: 'down', since: 2900, reason: 'syncing' }));
  replica.setDegraded(null);
  expect(published().link).toEqual({ state: 'down', since: 2000, reason: 'syncing' });
  replica.applyDelta({ epoch: 'b', seq: 1, changes: [LIVE_LINK] });
  expect(published().link).toEqual({ state: 'live' });
});
