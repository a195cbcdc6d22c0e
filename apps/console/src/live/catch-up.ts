import { type Board, applyFrames, boardOfSnapshot, followsOn } from '@lampboard/board';
import type { Frame, Snapshot } from '@lampboard/protocol';

/** Keeps one board in step with the gateway's. `frame` answers `gap` when only a fresh snapshot helps. */
interface CatchUp {
  readonly board: () => Board | null;
  snapshot: (snapshot: Snapshot) => void;
  frame: (frame: Frame) => 'applied' | 'stale' | 'gap' | 'waiting';
  /** The frames that follow belong to a connection whose snapshot is still to come. */
  restart: () => void;
  /** Lets go of what is known. */
  forget: () => void;
}

export function createCatchUp(): CatchUp {
  let board: Board | null = null;
  // Frames that follow on the board, until somebody looks at it: a large board is copied once for all of them.
  let gathered: Frame[] = [];
  // Until the snapshot arrives, frames lead nowhere: one gap asks for one snapshot.
  let waiting = true;

  return {
    board: () => {
      if (board !== null && gathered.length > 0) board = applyFrames(board, gathered);
      gathered = [];
      return board;
    },
    snapshot: (snapshot) => {
      board = boardOfSnapshot(snapshot);
      gathered = [];
      waiting = false;
    },
    frame: (frame) => {
      if (waiting || board === null) return 'waiting';
      const kind = followsOn({ epoch: board.epoch, seq: board.seq + gathered.length }, frame);
      if (kind === 'applied') gathered.push(frame);
      if (kind === 'gap') waiting = true;
      return kind;
    },
    restart: () => {
      waiting = true;
    },
    forget: () => {
      waiting = true;
      board = null;
      gathered = [];
    },
  };
}
