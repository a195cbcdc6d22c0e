import type { ChangeOf, Delta, LinkStatus, Pbx, Row, Snapshot, TableName } from '@lampboard/protocol';

type Tables = { readonly [T in TableName]: ReadonlyMap<string, Row<T>> };
type MutableTables = { readonly [T in TableName]: Map<string, Row<T>> };

interface Position {
  readonly epoch: string;
  readonly seq: number;
}

/** The replicated board: the gateway's, and each client's copy of it. */
export type Board = Position & Tables;

/** A board that owns its tables. */
export type MutableBoard = Position & MutableTables;

const byId = <R extends { readonly id: string }>(rows: Iterable<R>) =>
  new Map(Array.from(rows, (row) => [row.id, row]));

export function boardFromSnapshot({ epoch, seq, pbxs, extensions, calls }: Snapshot): MutableBoard {
  return { epoch, seq, pbxs: byId(pbxs), extensions: byId(extensions), calls: byId(calls) };
}

/** `time`: the gateway's clock, in milliseconds since 1970. */
export function toSnapshot({ epoch, seq, pbxs, extensions, calls }: Board, time: number): Snapshot {
  return {
    epoch,
    seq,
    time,
    pbxs: [...pbxs.values()],
    extensions: [...extensions.values()],
    calls: [...calls.values()],
  };
}

/** Returns the link of the first PBX that is not live; a board is live only while all are. */
export function linkOf(pbxs: Iterable<Pick<Pbx, 'link'>>): LinkStatus {
  for (const { link } of pbxs) if (link.state === 'down') return link;
  return LIVE;
}

/** One object, so that selectors of a store see no change. */
const LIVE: LinkStatus = { state: 'live' };

export const copyBoard = (board: Board): MutableBoard => ({
  ...board,
  pbxs: new Map(board.pbxs),
  extensions: new Map(board.extensions),
  calls: new Map(board.calls),
});

export function changedId<T extends TableName>(change: ChangeOf<T>): string {
  return change.op === 'put' ? change.row.id : change.id;
}

/** Returns a row after a change; undefined where the change removes it or it does not exist. */
export function changeRow<T extends TableName>(
  row: Row<T> | undefined,
  change: ChangeOf<T>,
): Row<T> | undefined {
  switch (change.op) {
    case 'put':
      return change.row;
    case 'patch':
      return row && Object.assign({}, row, change.fields);
    case 'remove':
      return undefined;
  }
}

function commit<T extends TableName>(tables: MutableTables, change: ChangeOf<T>): void {
  const table: Map<string, Row<T>> = tables[change.table];
  const id = changedId(change);
  const row = changeRow(table.get(id), change);
  if (row === undefined) table.delete(id);
  else table.set(id, row);
}

/** Applies changes in place, since copying thousands of rows costs more; returns the board one `seq` later. */
export function commitChanges(board: MutableBoard, changes: Delta['changes']): MutableBoard {
  for (const change of changes) commit(board, change);
  return { ...board, seq: board.seq + 1 };
}

type ApplyResult<B extends Board> =
  | { readonly kind: 'applied'; readonly board: B }
  /** A duplicate: the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Deltas are missing, or belong to another epoch: only a new snapshot helps. */
  | { readonly kind: 'gap' };

/** Applies a delta in place. */
export function commitDelta(board: MutableBoard, delta: Delta): ApplyResult<MutableBoard> {
  if (delta.epoch !== board.epoch || delta.seq > board.seq + 1) return { kind: 'gap' };
  if (delta.seq <= board.seq) return { kind: 'stale' };
  return { kind: 'applied', board: commitChanges(board, delta.changes) };
}

/** Applies a delta to a copy of the board. */
export function applyDelta(board: Board, delta: Delta): ApplyResult<Board> {
  return commitDelta(copyBoard(board), delta);
}
