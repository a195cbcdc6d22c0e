import { randomUUID } from 'node:crypto';
import { type Board, applyFrame, boardOfSnapshot, snapshotOf } from '@lampboard/board';
import type { Change, Frame, LinkReason, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';
import type { Clock } from '../clock.ts';
import type { BoardListener } from '../pbx/live-board.ts';
import type { FollowedPbx } from '../reader.ts';

/** A copy of the reader's board for the own consoles, in an epoch of its own: it says `live` only while it is sure. */
export interface Mirror {
  readonly board: FollowedPbx['board'];
  /** How far the reader's board was followed. */
  copied(): Pick<Board, 'epoch' | 'seq'>;
  /** The reader's board, from now on. */
  takeSnapshot(snapshot: Snapshot): void;
  /** False where frames before it are missing: only a snapshot helps. */
  takeFrame(frame: Frame): boolean;
  /** Null: the copy is what the reader's board is; else why nobody can be sure of that. */
  doubt(reason: LinkReason | null): void;
}

export function createMirror({ isDemo, now }: { isDemo: boolean; now: Clock['now'] }): Mirror {
  const listeners: BoardListener[] = [];
  const pbx: PbxInfo = { version: null, demo: isDemo };
  const connecting: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  let copy: Board = { epoch: '', seq: 0, pbx, link: connecting, rows: new Map() };
  let doubted: LinkReason | null = 'connecting';
  let shown: Board = { ...copy, epoch: randomUUID() };

  /** An outage has been so since it began, whatever its reasons. */
  function linkNow(): LinkStatus {
    const link: LinkStatus = doubted === null ? copy.link : { state: 'down', since: now(), reason: doubted };
    return link.state === 'down' && shown.link.state === 'down' ? { ...link, since: shown.link.since } : link;
  }

  function tell(changes: readonly Change[]): void {
    const link = linkNow();
    const isTold = JSON.stringify(link) === JSON.stringify(shown.link);
    const told: Change[] = changes.filter(({ kind }) => kind !== 'link');
    if (!isTold) told.push({ kind: 'link', link });
    if (told.length === 0) return;
    shown = { ...copy, epoch: shown.epoch, seq: shown.seq + 1, link };
    const frame = { epoch: shown.epoch, seq: shown.seq, changes: told };
    for (const { onFrame } of listeners) onFrame(frame);
  }

  return {
    board: {
      current: () => shown,
      snapshot: () => snapshotOf(shown, now()),
      subscribe: (listener) => void listeners.push(listener),
    },
    copied: () => copy,
    takeSnapshot(snapshot) {
      copy = boardOfSnapshot(snapshot);
      shown = { ...copy, epoch: randomUUID(), seq: 0, link: linkNow() };
      const whole = snapshotOf(shown, now());
      for (const { onSnapshot } of listeners) onSnapshot(whole);
    },
    takeFrame(frame) {
      const applied = applyFrame(copy, frame);
      if (applied.kind !== 'applied') return applied.kind === 'stale';
      copy = applied.board;
      tell(frame.changes);
      return true;
    },
    doubt(reason) {
      if (reason === doubted) return;
      doubted = reason;
      tell([]);
    },
  };
}
