import { type Board, applyDelta, boardFromSnapshot } from '@lampboard/model';
import type { Change, Snapshot } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { createExtension } from '../board/testing/fake-board.ts';
import { createReplica } from './replica.ts';

function open() {
  let now = 1000;
  const replica = createReplica({ isDemo: false, now: () => now });
  let publishedBoard: Board = boardFromSnapshot(replica.board.snapshot());
  replica.board.subscribe({
    onSnapshot: (snapshot) => (publishedBoard = boardFromSnapshot(snapshot)),
    onDelta(delta) {
      const applied = applyDelta(publishedBoard, delta);
      if (applied.kind !== 'applied') throw new Error(applied.kind);
      publishedBoard = applied.board;
    },
  });
  const pbx = { version: '22', demo: false };
  const snapshot = (epoch: string, link: Snapshot['link'] = { state: 'live' }): Snapshot => ({
    epoch,
    seq: 0,
    time: 0,
    pbx,
    link,
    extensions: [createExtension('1101', 'idle')],
  });
  const lamp = (to: 'busy' | 'ringing'): Change => ({
    kind: 'lamp',
    id: '1101@default',
    lamp: to,
    since: null,
  });
  const published = () => ({
    link: publishedBoard.link,
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
  replica.applyDelta({
    epoch: 'a',
    seq: 1,
    changes: [lamp('busy'), { kind: 'link', link: { state: 'live' } }],
  });
  expect(published()).toEqual({ link: { state: 'down', since: 2000, reason: 'no-leader' }, lamp: 'busy' });
  replica.applySnapshot(snapshot('b', { state: 'down', since: 2900, reason: 'syncing' }));
  replica.setDegraded(null);
  expect(published().link).toEqual({ state: 'down', since: 2000, reason: 'syncing' });
  replica.applyDelta({ epoch: 'b', seq: 1, changes: [{ kind: 'link', link: { state: 'live' } }] });
  expect(published().link).toEqual({ state: 'live' });
});
