import type { Frame } from '@lampboard/protocol';
import type { Board } from './board.ts';
import { workingCopy } from './working-copy.ts';

type Applied =
  | { readonly kind: 'applied'; readonly board: Board }
  /** The frame was seen before; the board stays as it is. */
  | { readonly kind: 'stale' }
  /** Frames are missing, or belong to another epoch: only a fresh snapshot helps. */
  | { readonly kind: 'gap' };

export function applyFrame(board: Board, frame: Frame): Applied {
  const kind = followsOn(board, frame);
  return kind === 'applied' ? { kind, board: applyFrames(board, [frame]) } : { kind };
}

/** Whether a frame is the next one of a board that has come as far as `seq`. */
export function followsOn({ epoch, seq }: Pick<Board, 'epoch' | 'seq'>, frame: Frame): Applied['kind'] {
  if (frame.epoch !== epoch || frame.seq > seq + 1) return 'gap';
  return frame.seq <= seq ? 'stale' : 'applied';
}

/** The board after frames that follow on it, and on each other: however many they are, it is copied once. */
export function applyFrames(board: Board, frames: readonly Frame[]): Board {
  const next = workingCopy(board);
  for (const { changes } of frames) for (const change of changes) next.apply(change);
  return next.done(frames.length);
}
