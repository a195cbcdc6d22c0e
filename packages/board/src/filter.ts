import type { BoardFilter, ExtensionRow, Show } from '@lampboard/protocol';
import { contradictionOf, isOnThePhone, isReachable, lateBy } from './sense.ts';

type Filtered = Pick<ExtensionRow, 'lamp' | 'phone' | 'presence' | 'back'>;

/** `now` by the gateway's clock, in milliseconds since 1970. */
export function fitsShow(row: Filtered, show: Show, now: number): boolean {
  switch (show) {
    case 'reachable':
      return isReachable(row);
    case 'on-the-phone':
      return isOnThePhone(row);
    case 'overdue':
      return lateBy(row, now) !== null;
    case 'contradictory':
      return contradictionOf(row) !== null;
  }
}

/** Whether the filter asks for anything. */
export function isFiltered({ show, lamps, presences }: BoardFilter): boolean {
  return show !== null || lamps.length > 0 || presences.length > 0;
}

/** A telephone without presence fits no filter of presences. `now` by the gateway's clock, in milliseconds since 1970. */
export function fitsFilter(row: Filtered, { show, lamps, presences }: BoardFilter, now: number): boolean {
  return (
    (lamps.length === 0 || lamps.includes(row.lamp)) &&
    (presences.length === 0 || (row.presence !== null && presences.includes(row.presence.state))) &&
    (show === null || fitsShow(row, show, now))
  );
}
