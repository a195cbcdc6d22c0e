import { type Board, applyDelta, boardFromSnapshot, toSnapshot } from '@lampboard/model';
import {
  type Change,
  type Delta,
  type LinkReason,
  type LinkStatus,
  type Pbx,
  type Snapshot,
} from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import { type BoardListener, type PbxInfo, createEpoch } from '../board/live-board.ts';

/** Copy of the leader's board for the local clients, in its own epoch; live only while it is known to be current. */
export type Replica = ReturnType<typeof createReplica>;

export function createReplica({ pbxs, now }: { pbxs: readonly PbxInfo[]; now: Clock['now'] }) {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  const connecting = pbxs.map((pbx) => ({ ...pbx, version: null, link }));
  let leaderBoard: Board = boardFromSnapshot({
    epoch: '',
    seq: 0,
    time: 0,
    pbxs: connecting,
    extensions: [],
  });
  let degradedReason: LinkReason | null = 'connecting';
  let published: Board = { ...leaderBoard, epoch: createEpoch() };

  /** Returns the leader's PBXs with their links as they are known here; an outage keeps its `since`. */
  function currentPbxs(): Board['pbxs'] {
    const withLink = (pbx: Pbx): Pbx => {
      const before = published.pbxs.get(pbx.id)?.link;
      const link: LinkStatus =
        degradedReason === null ? pbx.link : { state: 'down', since: now(), reason: degradedReason };
      const isSameOutage = link.state === 'down' && before?.state === 'down';
      return { ...pbx, link: isSameOutage ? { ...link, since: before.since } : link };
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
    for (const { onDelta } of listeners) onDelta(delta, published);
  }

  return {
    board: {
      current: () => published,
      snapshot: () => toSnapshot(published, now()),
      /** The latest listener is called first, as on a live board. */
      subscribe: (listener: BoardListener) => void listeners.unshift(listener),
    },
    /** Returns the position in the leader's board. */
    position: (): Pick<Board, 'epoch' | 'seq'> => leaderBoard,
    applySnapshot(snapshot: Snapshot) {
      leaderBoard = boardFromSnapshot(snapshot);
      published = { ...leaderBoard, epoch: createEpoch(), seq: 0, pbxs: currentPbxs() };
      const publishedSnapshot = toSnapshot(published, now());
      for (const { onSnapshot } of listeners) onSnapshot(publishedSnapshot, published);
    },
    /** Returns false if earlier deltas are missing, so that a snapshot is needed. */
    applyDelta(delta: Delta) {
      const applied = applyDelta(leaderBoard, delta);
      if (applied.kind !== 'applied') return applied.kind === 'stale';
      leaderBoard = applied.board;
      publish(delta.changes);
      return true;
    },
    /** Sets why the replica may not be current; null if it is. */
    setDegraded(reason: LinkReason | null) {
      if (reason === degradedReason) return;
      degradedReason = reason;
      publish([]);
    },
  };
}
