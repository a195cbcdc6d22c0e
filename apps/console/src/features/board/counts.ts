import type { ExtensionRow, Lamp } from '@lampboard/protocol';

interface Counts {
  readonly all: number;
  readonly reachable: number;
  readonly onThePhone: number;
  readonly ringing: number;
}

const ON_THE_PHONE: readonly Lamp[] = ['in-use', 'busy', 'in-use-ringing', 'on-hold', 'in-use-on-hold'];

export function isOnThePhone(lamp: Lamp): boolean {
  return ON_THE_PHONE.includes(lamp);
}

export function isRinging(lamp: Lamp): boolean {
  return lamp === 'ringing' || lamp === 'in-use-ringing';
}

/** Somebody who would probably answer: the telephone is idle, and the person has not said otherwise. */
function isReachable({ lamp, presence }: ExtensionRow): boolean {
  if (lamp !== 'idle') return false;
  switch (presence?.state) {
    case 'away':
    case 'xa':
    case 'dnd':
    case 'unavailable':
      return false;
    case 'available':
    case 'chat':
    case 'not_set':
    case undefined:
      return true;
  }
}

export function countRows(rows: Iterable<ExtensionRow>, belongs: (row: ExtensionRow) => boolean): Counts {
  const counts = { all: 0, reachable: 0, onThePhone: 0, ringing: 0 };
  for (const row of rows) {
    if (!belongs(row)) continue;
    counts.all += 1;
    if (isReachable(row)) counts.reachable += 1;
    if (isOnThePhone(row.lamp)) counts.onThePhone += 1;
    if (isRinging(row.lamp)) counts.ringing += 1;
  }
  return counts;
}

export function sameCounts(a: Counts, b: Counts): boolean {
  return (
    a.all === b.all && a.reachable === b.reachable && a.onThePhone === b.onThePhone && a.ringing === b.ringing
  );
}
