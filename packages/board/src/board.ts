import type { Change, ExtensionRow, Frame, LinkStatus, PbxInfo, Snapshot } from '@lampboard/protocol';
import { workingCopy } from './working-copy.ts';

/** The same board on both sides of the wire: the gateway's, and each console's copy of it. */
export interface Board {
  readonly epoch: string;
  readonly seq: number;
  readonly pbx: PbxInfo;
  readonly link: LinkStatus;
  readonly rows: ReadonlyMap<string, ExtensionRow>;
}

type Applied =
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
function advance(board: Board, changes: readonly Change[]): Board {
  const next = workingCopy(board);
  for (const change of changes) next.apply(change);
  return next.done();
}
