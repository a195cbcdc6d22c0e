import { isDeepStrictEqual } from 'node:util';
import { type Board, type MutableBoard, changeRow, commitChanges, toSnapshot } from '@lampboard/model';
import {
  type Change,
  type Delta,
  type LinkReason,
  type LinkStatus,
  type Pbx,
  type Snapshot,
  isOfPbx,
} from '@lampboard/protocol';
import type { Clock } from '../platform/clock.ts';
import type { LastKnown } from '../board/leadership.ts';
import { type BoardListener, type PbxInfo, createEpoch } from '../board/live-board.ts';

/** Copy of the leaders' boards for the local clients, in its own epoch; a PBX is live only while its copy is current. */
export type Replica = ReturnType<typeof createReplica>;
/** Copy of the board of one PBX's leader. */
export type ReplicaPart = ReturnType<Replica['part']>;

export function createReplica({ pbxs, now }: { pbxs: readonly PbxInfo[]; now: Clock['now'] }) {
  const listeners: BoardListener[] = [];
  const link: LinkStatus = { state: 'down', since: now(), reason: 'connecting' };
  let published: MutableBoard = {
    epoch: createEpoch(),
    seq: 0,
    pbxs: new Map(pbxs.map((pbx) => [pbx.id, { ...pbx, version: null, link }])),
    extensions: new Map(),
    calls: new Map(),
  };

  function publish(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    published = commitChanges(published, changes);
    const delta = { epoch: published.epoch, seq: published.seq, changes };
    for (const { onDelta } of listeners) onDelta(delta, published);
  }

  function publishSnapshot(board: MutableBoard): void {
    published = board;
    const snapshot = toSnapshot(published, now());
    for (const { onSnapshot } of listeners) onSnapshot(snapshot, published);
  }

  return {
    board: {
      current: (): Board => published,
      snapshot: () => toSnapshot(published, now()),
      /** The latest listener is called first, as on a live board. */
      subscribe: (listener: BoardListener) => void listeners.unshift(listener),
    },
    part(info: PbxInfo) {
      const { id } = info;
      let position: Pick<Board, 'epoch' | 'seq'> = { epoch: '', seq: 0 };
      /** As its leader has it. */
      let pbx: Pbx = { ...info, version: null, link };
      let degradedReason: LinkReason | null = 'connecting';

      /** Returns a link as it is known here; an outage keeps its `since`. */
      function currentLink(ofLeader: LinkStatus, before: LinkStatus | undefined): LinkStatus {
        const current: LinkStatus =
          degradedReason === null ? ofLeader : { state: 'down', since: now(), reason: degradedReason };
        const isSameOutage = current.state === 'down' && before?.state === 'down';
        return isSameOutage ? { ...current, since: before.since } : current;
      }

      function currentLinks(): Pick<Pbx, 'link' | 'callsLink'> {
        const { link, callsLink } = pbx;
        const before = published.pbxs.get(id);
        return {
          link: currentLink(link, before?.link),
          callsLink: callsLink && currentLink(callsLink, before?.callsLink),
        };
      }

      function linkChanges(): Change[] {
        const fields = currentLinks();
        const before = published.pbxs.get(id);
        const isUnchanged =
          isDeepStrictEqual(fields.link, before?.link) &&
          isDeepStrictEqual(fields.callsLink, before?.callsLink);
        return isUnchanged ? [] : [{ table: 'pbxs', op: 'patch', id, fields }];
      }

      const rowsOf = <R>(all: ReadonlyMap<string, R>) =>
        new Map([...all].filter(([rowId]) => isOfPbx(rowId, id)));
      const withRows = <R extends { readonly id: string }>(all: ReadonlyMap<string, R>, rows: readonly R[]) =>
        new Map([
          ...[...all].filter(([rowId]) => !isOfPbx(rowId, id)),
          ...rows.map((row) => [row.id, row] as const),
        ]);

      return {
        /** Returns the position in the leader's board. */
        position: () => position,
        lastKnown: (): LastKnown => ({
          extensions: rowsOf(published.extensions),
          calls: rowsOf(published.calls),
        }),
        applySnapshot(snapshot: Snapshot) {
          position = { epoch: snapshot.epoch, seq: snapshot.seq };
          pbx = snapshot.pbxs.find((row) => row.id === id) ?? pbx;
          publishSnapshot({
            epoch: createEpoch(),
            seq: 0,
            pbxs: new Map(published.pbxs).set(id, { ...pbx, ...currentLinks() }),
            extensions: withRows(published.extensions, snapshot.extensions),
            calls: withRows(published.calls, snapshot.calls),
          });
        },
        /** Returns false if earlier deltas are missing, so that a snapshot is needed. */
        applyDelta({ epoch, seq, changes }: Delta) {
          if (epoch !== position.epoch || seq > position.seq + 1) return false;
          if (seq <= position.seq) return true;
          position = { epoch, seq };
          for (const change of changes) if (change.table === 'pbxs') pbx = changeRow(pbx, change) ?? pbx;
          publish([...changes.filter(({ table }) => table !== 'pbxs'), ...linkChanges()]);
          return true;
        },
        /** Sets why the copy may not be current; null if it is. */
        setDegraded(reason: LinkReason | null) {
          if (reason === degradedReason) return;
          degradedReason = reason;
          publish(linkChanges());
        },
      };
    },
  };
}
