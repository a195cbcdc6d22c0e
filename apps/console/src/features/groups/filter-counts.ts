import { fitsShow } from '@lampboard/board';
import {
  type ExtensionRow,
  LAMPS,
  type Lamp,
  PRESENCE_STATES,
  type PresenceState,
  SHOWS,
  type Show,
} from '@lampboard/protocol';

/** How many of a group fit each filter by itself. */
export interface FilterCounts {
  readonly show: Readonly<Record<Show, number>>;
  readonly lamps: Readonly<Record<Lamp, number>>;
  readonly presences: Readonly<Record<PresenceState, number>>;
}

/** `now` by the gateway's clock, in milliseconds since 1970. */
export function countFilters(
  rows: Iterable<ExtensionRow>,
  belongs: (row: ExtensionRow) => boolean,
  now: number,
): FilterCounts {
  const show = { reachable: 0, 'on-the-phone': 0, overdue: 0, contradictory: 0 };
  const lamps = {
    idle: 0,
    'in-use': 0,
    busy: 0,
    unavailable: 0,
    ringing: 0,
    'in-use-ringing': 0,
    'on-hold': 0,
    'in-use-on-hold': 0,
    unknown: 0,
  };
  const presences = { available: 0, chat: 0, away: 0, xa: 0, dnd: 0, unavailable: 0, not_set: 0 };
  for (const row of rows) {
    if (!belongs(row)) continue;
    for (const one of SHOWS) if (fitsShow(row, one, now)) show[one] += 1;
    lamps[row.lamp] += 1;
    if (row.presence !== null) presences[row.presence.state] += 1;
  }
  return { show, lamps, presences };
}

export function sameFilterCounts(a: FilterCounts, b: FilterCounts): boolean {
  return (
    SHOWS.every((show) => a.show[show] === b.show[show]) &&
    LAMPS.every((lamp) => a.lamps[lamp] === b.lamps[lamp]) &&
    PRESENCE_STATES.every((state) => a.presences[state] === b.presences[state])
  );
}
