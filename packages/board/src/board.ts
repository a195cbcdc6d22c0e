import type { Change, ExtensionRow, Frame, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';

/** The same board on both sides of the wire: the gateway's, and each console's copy of it. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly pbx: PbxInfo;
  readonly link: LinkStatus;
  readonly rows: ReadonlyMap<string, ExtensionRow>;
}

export type Applied =
  | { readonly kind: 'applied'; readonly board: Board }
  /** The frame was seen before; the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Frames are missing, or belong to another epoch: only a fresh snapshot helps. */
  | { readonly kind: 'gap' };

export function boardOfSnapshot({ epoch, seq, pbx, link, rows }: Snapshot): Board {
  return { epoch, seq, pbx, link, rows: new Map(rows.map((row) => [row.id, row])) };
}

/** `time`: now by the gateway's clock, in milliseconds since 1970. */
export function snapshotOf({ epoch, seq, pbx, link, rows }: Board, time: number): Snapshot {
  return { epoch, seq, time, pbx, link, rows: [...rows.values()] };
}

export function applyFrame(board: Board, frame: Frame): Applied {
  if (frame.epoch !== board.epoch || frame.seq > board.seq + 1) return { kind: 'gap' };
  if (frame.seq <= board.seq) return { kind: 'stale' };
  return { kind: 'applied', board: advance(board, frame.changes) };
}

/** The board one `seq` later, with these changes made in their order. */
export function advance(board: Board, changes: readonly Change[]): Board {
  const rows = new Map(board.rows);
  let link = board.link;
  for (const change of changes) {
    if (change.kind === 'link') link = change.link;
    else applyToRows(rows, change);
  }
  return { ...board, seq: board.seq + 1, link, rows };
}

/** Makes one change in `rows`, in place; a change for a row that is not there is none. */
export function applyToRows(
  rows: Map<string, ExtensionRow>,
  change: Exclude<Change, { kind: 'link' }>,
): void {
  if (change.kind === 'put') {
    rows.set(change.row.id, change.row);
    return;
  }
  const row = rows.get(change.id);
  if (row === undefined) return;
  switch (change.kind) {
    case 'remove':
      rows.delete(change.id);
      return;
    case 'lamp':
      rows.set(change.id, { ...row, lamp: change.lamp, lampSince: change.since });
      return;
    case 'presence':
      rows.set(change.id, { ...row, presence: change.presence, presenceSince: change.since });
      return;
    case 'person':
      rows.set(change.id, { ...row, person: change.person });
  }
}
