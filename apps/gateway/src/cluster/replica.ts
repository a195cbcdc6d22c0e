import { randomUUID } from 'node:crypto';
import { type Board, applyDelta, boardFromSnapshot, toSnapshot } from '@lampboard/model';
import type { Change, Delta, LinkReason, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { BoardListener } from '../board/live-board.ts';
import type { PbxConnection } from '../presence/pbx-connection.ts';

/** Copy of the leader's board for the local clients, in its own epoch; live only while it is known to be current. */
export interface Replica {
  readonly board: PbxConnection['board'];
  /** Returns the position in the leader's board. */
  position(): Pick<Board, 'epoch' | 'seq'>;
  applySnapshot(snapshot: Snapshot): void;
  /** Returns false if earlier deltas are missing, so that a snapshot is needed. */
  applyDelta(delta: Delta): boolean;
  /** Sets why the replica may not be current; null if it is. */
  setDegraded(reason: LinkReason | null): void;
}

export function createReplica({ isDemo, now }: { isDemo: boolean; now: Clock['now'] }): Replica {
  const listeners: BoardListener[] = [];
  const pbx: PbxInfo = { version: null, demo: isDemo };
  const connecting: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  let leaderBoard: Board = { epoch: '', seq: 0, pbx, link: connecting, extensions: new Map() };
  let degradedReason: LinkReason | null = 'connecting';
  let published: Board = { ...leaderBoard, epoch: randomUUID() };

  /** Keeps the outage's `since` when only the reason changes. */
  function currentLink(): LinkStatus {
    const link: LinkStatus =
      degradedReason === null ? leaderBoard.link : { state: 'down', since: now(), reason: degradedReason };
    return link.state === 'down' && published.link.state === 'down'
      ? { ...link, since: published.link.since }
      : link;
  }

  function publish(changes: readonly Change[]): void {
    const link = currentLink();
    const isUnchanged = JSON.stringify(link) === JSON.stringify(published.link);
    const announced: Change[] = changes.filter(({ kind }) => kind !== 'link');
    if (!isUnchanged) announced.push({ kind: 'link', link });
    if (announced.length === 0) return;
    published = { ...leaderBoard, epoch: published.epoch, seq: published.seq + 1, link };
    const delta = { epoch: published.epoch, seq: published.seq, changes: announced };
    for (const { onDelta } of listeners) onDelta(delta);
  }

  return {
    board: {
      current: () => published,
      snapshot: () => toSnapshot(published, now()),
      subscribe: (listener) => void listeners.push(listener),
    },
    position: () => leaderBoard,
    applySnapshot(snapshot) {
      leaderBoard = boardFromSnapshot(snapshot);
      published = { ...leaderBoard, epoch: randomUUID(), seq: 0, link: currentLink() };
      const publishedSnapshot = toSnapshot(published, now());
      for (const { onSnapshot } of listeners) onSnapshot(publishedSnapshot);
    },
    applyDelta(delta) {
      const applied = applyDelta(leaderBoard, delta);
      if (applied.kind !== 'applied') return applied.kind === 'stale';
      leaderBoard = applied.board;
      publish(delta.changes);
      return true;
    },
    setDegraded(reason) {
      if (reason === degradedReason) return;
      degradedReason = reason;
      publish([]);
    },
  };
}
