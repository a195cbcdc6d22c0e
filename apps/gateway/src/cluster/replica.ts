import { randomUUID } from 'node:crypto';
import { type Board, applyDelta, boardFromSnapshot, toSnapshot } from '@lampboard/model';
import {
  type Change,
  type Delta,
  type LinkReason,
  type LinkStatus,
  ONLY_PBX,
  type Pbx,
  type Snapshot,
} from '@lampboard/protocol';
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
  const connecting: Pbx = {
    id: ONLY_PBX,
    version: null,
    demo: isDemo,
    link: { state: 'down', since: now(), reason: 'connecting' },
  };
  let leaderBoard: Board = {
    epoch: '',
    seq: 0,
    pbxs: new Map([[ONLY_PBX, connecting]]),
    extensions: new Map(),
  };
  let degradedReason: LinkReason | null = 'connecting';
  let published: Board = { ...leaderBoard, epoch: randomUUID() };

  /** Returns the leader's PBXs with their links as they are known here; an outage keeps its `since`. */
  function currentPbxs(): Board['pbxs'] {
    const withLink = (pbx: Pbx): Pbx => {
      const before = published.pbxs.get(pbx.id)?.link;
      const link: LinkStatus =
        degradedReason === null ? pbx.link : { state: 'down', since: now(), reason: degradedReason };
      return {
        ...pbx,
        link: link.state === 'down' && before?.state === 'down' ? { ...link, since: before.since } : link,
      };
    };
    return new Map([...leaderBoard.pbxs].map(([id, pbx]) => [id, withLink(pbx)]));
  }

  function publish(changes: readonly Change[]): void {
    const pbxs = currentPbxs();
    const announced = changes.filter(({ table }) => table !== 'pbxs');
    for (const [id, { link }] of pbxs) {
      if (JSON.stringify(link) !== JSON.stringify(published.pbxs.get(id)?.link))
        announced.push({ table: 'pbxs', op: 'patch', id, fields: { link } });
    }
    if (announced.length === 0) return;
    published = { ...leaderBoard, epoch: published.epoch, seq: published.seq + 1, pbxs };
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
      published = { ...leaderBoard, epoch: randomUUID(), seq: 0, pbxs: currentPbxs() };
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
