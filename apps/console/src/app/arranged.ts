import type { Arrangement, Found } from '@lampboard/board';
import { sameList } from '../live/use-board-value.ts';

/** An arrangement, narrowed to what a search finds in it. */
export type Arranged = Arrangement & Found;

export function sameArranged(a: Arranged, b: Arranged): boolean {
  return (
    a.best === b.best &&
    a.moved === b.moved &&
    sameList(a.ids, b.ids) &&
    sameList(a.more, b.more) &&
    a.unfit.size === b.unfit.size &&
    [...a.unfit].every((id) => b.unfit.has(id))
  );
}
