import { type Board, type Fact, lampOfStatus } from '@lampboard/board';

/**
 * Asterisk tells nothing of a hint that a reload removed, but tells anew every hint that there still is. Otherwise only a
 * lamp that a list has just told comes twice: where half of the board does, it was a reload.
 */
export interface ReloadSign {
  /** A list is on its way, which will tell whatever a reload did before. */
  listing(): void;
  /** Whether this fact makes it half of the board. */
  completedBy(fact: Fact): boolean;
}

export function createReloadSign({ board }: { board: () => Board }): ReloadSign {
  let repeats = 0;
  return {
    listing() {
      repeats = 0;
    },
    completedBy(fact) {
      const { rows } = board();
      if (fact.kind !== 'status' || rows.get(fact.id)?.lamp !== lampOfStatus(fact.status)) return false;
      repeats += 1;
      return repeats >= rows.size / 2;
    },
  };
}
