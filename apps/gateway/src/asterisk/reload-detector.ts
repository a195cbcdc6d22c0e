import { type Board, type Fact, lampFromStatus } from '@lampboard/model';
import type { Clock } from '../platform/clock.ts';
import type { QueryTarget } from './translate.ts';

/** A reload has announced all hints after so many milliseconds. */
const WINDOW_MS = 2000;
/** Fewer events that somebody may have typed are asked about one by one, and their answers count. */
const MIN_UNTRUSTED_EVENTS = 32;

/**
 * Asterisk tells nothing of a hint that a reload removed or renamed, but announces anew every hint that there still is.
 * Otherwise only a lamp that a list has just told comes twice: where half of the board does, it was a reload.
 */
export interface ReloadDetector {
  /** Whether this fact makes it half of the board. */
  isReload(fact: Fact): boolean;
  /** The same for an event that can't be believed, and says only whom it is about. */
  isUntrustedReload(target: QueryTarget): boolean;
}

export function createReloadDetector({
  board,
  monotonic,
}: {
  board: () => Board;
  monotonic: Clock['monotonic'];
}): ReloadDetector {
  let windowStart = Number.NEGATIVE_INFINITY;
  let previousWindow = new Set<string>();
  let currentWindow = new Set<string>();

  function record(id: string, needed: number): boolean {
    if (monotonic() - windowStart > WINDOW_MS) {
      previousWindow = monotonic() - windowStart > 2 * WINDOW_MS ? new Set() : currentWindow;
      currentWindow = new Set();
      windowStart = monotonic();
    }
    previousWindow.delete(id);
    currentWindow.add(id);
    if (previousWindow.size + currentWindow.size < needed) return false;
    previousWindow = new Set();
    currentWindow = new Set();
    return true;
  }

  const half = () => board().extensions.size / 2;
  return {
    isReload: (fact) =>
      fact.kind === 'status' &&
      board().extensions.get(fact.id)?.lamp === lampFromStatus(fact.status) &&
      record(fact.id, half()),
    isUntrustedReload: ({ kind, id }) =>
      kind === 'lamp' && record(id, Math.max(half(), MIN_UNTRUSTED_EVENTS)),
  };
}
