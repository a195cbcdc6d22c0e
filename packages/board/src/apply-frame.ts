import type { Change, Frame } from '@lampboard/protocol';
import type { Board } from './board.ts';
import { workingCopy } from './working-copy.ts';

type Applied =
  | { readonly kind: 'applied'; readonly board: Board }
  /** The frame was seen before; the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Frames are missing, or belong to another epoch: only a fresh snapshot helps. */
  | { readonly kind: 'gap' };

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
