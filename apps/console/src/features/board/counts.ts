import { isOnThePhone, isReachable, isRinging } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';

interface Counts {
  readonly all: number;
  readonly reachable: number;
  readonly onThePhone: number;
  readonly ringing: number;
}

export function countRows(rows: Iterable<ExtensionRow>, belongs: (row: ExtensionRow) => boolean): Counts {
  const counts = { all: 0, reachable: 0, onThePhone: 0, ringing: 0 };
  for (const row of rows) {
    if (!belongs(row)) continue;
    counts.all += 1;
    if (isReachable(row)) counts.reachable += 1;
    if (isOnThePhone(row)) counts.onThePhone += 1;
    if (isRinging(row)) counts.ringing += 1;
  }
  return counts;
}

export function sameCounts(a: Counts, b: Counts): boolean {
  return (
    a.all === b.all && a.reachable === b.reachable && a.onThePhone === b.onThePhone && a.ringing === b.ringing
  );
}
