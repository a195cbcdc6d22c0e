import { ONLY_PBX } from '@lampboard/protocol';
import { type Board, commitChanges, copyBoard } from '../sync/board.ts';
import { type Fact, reduce } from '../reduce.ts';

/** Reduces facts, and returns the next board beside the changes; the board given stays as it is. */
export function advance(board: Board, facts: readonly Fact[], now: number) {
  const changes = reduce(board, ONLY_PBX, facts, now);
  return { board: changes.length === 0 ? board : commitChanges(copyBoard(board), changes), changes };
}
