import type { Frame } from '@lampboard/protocol';
import type { Board } from './board.ts';
import { workingBoard } from './working-board.ts';

type Applied =
  | { readonly kind: 'applied'; readonly board: Board }
  /** The frame was seen before; the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Frames are missing, or belong to another epoch: only a fresh snapshot helps. */
  | { readonly kind: 'gap' };

/** `rows` are those of the board, and are changed in place: a copy of thousands would cost more than the frame. */
export function applyFrame(board: Board, frame: Frame, rows = new Map(board.rows)): Applied {
  if (frame.epoch !== board.epoch || frame.seq > board.seq + 1) return { kind: 'gap' };
  if (frame.seq <= board.seq) return { kind: 'stale' };
  const next = workingBoard(board, rows);
  for (const change of frame.changes) next.apply(change);
  return { kind: 'applied', board: next.done() };
}
