import { type Board, commitChanges } from '../sync/board.ts';
import type { Fact } from '../extensions/facts.ts';
import { reduce } from '../extensions/reduce.ts';

/** Reduces facts, and returns the next board beside the changes; the board given stays as it is. */
export function advance(board: Board, facts: readonly Fact[], now: number) {
  const changes = reduce(board, facts, now);
  if (changes.length === 0) return { board, changes };
  return { board: commitChanges({ ...board, extensions: new Map(board.extensions) }, changes), changes };
}
