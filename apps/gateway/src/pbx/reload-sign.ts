import { type Board, type Fact, lampOfStatus } from '@lampboard/board';
import type { Clock } from '../clock.ts';
import type { Subject } from './translate.ts';

/** A reload has announced all hints after so many milliseconds. */
const SPAN_MS = 2000;
/** Fewer events that somebody may have typed are asked about one by one, and their answers count. */
const MIN_DOUBTED = 32;

/**
 * Asterisk tells nothing of a hint that a reload removed or renamed, but announces anew every hint that there still is.
 * Otherwise only a lamp that a list has just told comes twice: where half of the board does, it was a reload.
 */
export interface ReloadSign {
  /** Whether this fact makes it half of the board. */
  completedBy(fact: Fact): boolean;
  /** The same for an event that can't be believed, and says only whom it is about. */
  completedByDoubted(subject: Subject): boolean;
}

export function createReloadSign({
  board,
  elapsed,
}: {
  board: () => Board;
  elapsed: Clock['elapsed'];
}): ReloadSign {
  let began = Number.NEGATIVE_INFINITY;
  let before = new Set<string>();
  let announced = new Set<string>();

  function announce(id: string, needed: number): boolean {
    if (elapsed() - began > SPAN_MS) {
      before = elapsed() - began > 2 * SPAN_MS ? new Set() : announced;
      announced = new Set();
      began = elapsed();
    }
    before.delete(id);
    announced.add(id);
    if (before.size + announced.size < needed) return false;
    before = new Set();
    announced = new Set();
    return true;
  }

  const half = () => board().rows.size / 2;
  return {
    completedBy: (fact) =>
      fact.kind === 'status' &&
      board().rows.get(fact.id)?.lamp === lampOfStatus(fact.status) &&
      announce(fact.id, half()),
    completedByDoubted: ({ kind, id }) => kind === 'lamp' && announce(id, Math.max(half(), MIN_DOUBTED)),
  };
}
