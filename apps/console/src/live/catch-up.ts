import { type Board, applyFrame, boardOfSnapshot } from '@lampboard/board';
import type { ExtensionRow, Frame, Snapshot } from '@lampboard/protocol';

/** Keeps one board in step with the gateway's. `frame` answers `gap` when only a fresh snapshot helps. */
interface CatchUp {
  /** Another one after each frame; its rows are one map, which changes in place. */
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
  let rows = new Map<string, ExtensionRow>();
  // Until the snapshot arrives, frames lead nowhere: one gap asks for one snapshot.
  let waiting = true;

  return {
    board: () => board,
    snapshot: (snapshot) => {
      const fresh = boardOfSnapshot(snapshot);
      board = fresh;
      rows = fresh.rows;
      waiting = false;
    },
    frame: (frame) => {
      if (waiting || board === null) return 'waiting';
      const applied = applyFrame(board, frame, rows);
      if (applied.kind === 'applied') board = applied.board;
      if (applied.kind === 'gap') waiting = true;
      return applied.kind;
    },
    restart: () => {
      waiting = true;
    },
    forget: () => {
      waiting = true;
      board = null;
    },
  };
}
