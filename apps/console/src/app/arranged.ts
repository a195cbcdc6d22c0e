import type { Arrangement, Found } from '@lampboard/board';
import { sameList } from '../live/use-board-value.ts';

/** An arrangement, narrowed to what a search finds in it. */
export interface Arranged extends Arrangement, Found {
  /** What it finds in the rest of the board, the best first. */
  readonly elsewhere: readonly string[];
}

export function sameArranged(a: Arranged, b: Arranged): boolean {
  return (
    a.best === b.best &&
    a.moved === b.moved &&
    sameList(a.ids, b.ids) &&
    sameList(a.more, b.more) &&
    sameList(a.elsewhere, b.elsewhere) &&
    a.unfit.size === b.unfit.size &&
    [...a.unfit].every((id) => b.unfit.has(id))
  );
}
