import { type Board, applyFrame, boardOfSnapshot } from '@lampboard/board';
import type { Change, Snapshot } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { rowOf } from '../history/testing/scripted-board.ts';
import { createMirror } from './mirror.ts';

function open() {
  let now = 1000;
  const mirror = createMirror({ isDemo: false, now: () => now });
  let shownBoard: Board = boardOfSnapshot(mirror.board.snapshot());
  mirror.board.subscribe({
    onSnapshot: (snapshot) => (shownBoard = boardOfSnapshot(snapshot)),
    onFrame(frame) {
      const applied = applyFrame(shownBoard, frame);
      if (applied.kind !== 'applied') throw new Error(applied.kind);
      shownBoard = applied.board;
    },
  });
  const pbx = { version: '22', demo: false };
  const snapshot = (epoch: string, link: Snapshot['link'] = { state: 'live' }): Snapshot => ({
    epoch,
    seq: 0,
    time: 0,
    pbx,
    link,
    rows: [rowOf('1101', 'idle')],
  });
  const lamp = (to: 'busy' | 'ringing'): Change => ({
    kind: 'lamp',
    id: '1101@default',
    lamp: to,
    since: null,
  });
  const shown = () => ({ link: shownBoard.link, lamp: shownBoard.rows.get('1101@default')?.lamp });
  return { mirror, snapshot, lamp, shown, at: (ms: number) => void (now = ms) };
}

it('[SG1] consoles follow the reader’s board', () => {
  const { mirror, snapshot, lamp, shown } = open();
  mirror.takeSnapshot(snapshot('a'));
  mirror.doubt(null);
  expect(mirror.takeFrame({ epoch: 'a', seq: 1, changes: [lamp('busy')] })).toBe(true);
  expect(shown()).toEqual({ link: { state: 'live' }, lamp: 'busy' });
  expect(mirror.takeFrame({ epoch: 'a', seq: 3, changes: [lamp('ringing')] })).toBe(false);
  expect(mirror.takeFrame({ epoch: 'b', seq: 2, changes: [lamp('ringing')] })).toBe(false);
  expect(shown().lamp).toBe('busy');
});

it('[SG3] nothing is live until the reader was heard, and while it is doubted; an outage has been so since it began', () => {
  const { mirror, snapshot, lamp, shown, at } = open();
  expect(shown().link).toEqual({ state: 'down', since: 1000, reason: 'connecting' });
  mirror.takeSnapshot(snapshot('a'));
  expect(shown().link).toMatchObject({ state: 'down' });
  mirror.doubt(null);
  expect(shown().link).toEqual({ state: 'live' });
  at(2000);
  mirror.doubt('no-reader');
  at(3000);
  mirror.takeFrame({
    epoch: 'a',
    seq: 1,
    changes: [lamp('busy'), { kind: 'link', link: { state: 'live' } }],
  });
  expect(shown()).toEqual({ link: { state: 'down', since: 2000, reason: 'no-reader' }, lamp: 'busy' });
  mirror.takeSnapshot(snapshot('b', { state: 'down', since: 2900, reason: 'listing' }));
  mirror.doubt(null);
  expect(shown().link).toEqual({ state: 'down', since: 2000, reason: 'listing' });
  mirror.takeFrame({ epoch: 'b', seq: 1, changes: [{ kind: 'link', link: { state: 'live' } }] });
  expect(shown().link).toEqual({ state: 'live' });
});
