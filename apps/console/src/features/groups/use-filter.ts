import { isFiltered } from '@lampboard/board';
import { type BoardFilter, type Lamp, NO_FILTER, type PresenceState, type Show } from '@lampboard/protocol';
import { useOwn, usePreference } from '../../own/own-context.tsx';

interface Filter {
  readonly filter: BoardFilter;
  readonly filtered: boolean;
  /** How many of the toggles are pressed. */
  readonly pressed: number;
  toggleShow: (show: Show) => void;
  toggleLamp: (lamp: Lamp) => void;
  togglePresence: (state: PresenceState) => void;
  clear: () => void;
}

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** What the account has narrowed its board to. */
export function useFilter(): Filter {
  const own = useOwn();
  const filter = usePreference('filter');
  const change = (patch: Partial<BoardFilter>) => own.prefer({ filter: { ...filter, ...patch } });
  return {
    filter,
    filtered: isFiltered(filter),
    pressed: Number(filter.show !== null) + filter.lamps.length + filter.presences.length,
    toggleShow: (show) => change({ show: filter.show === show ? null : show }),
    toggleLamp: (lamp) => change({ lamps: toggled(filter.lamps, lamp) }),
    togglePresence: (state) => change({ presences: toggled(filter.presences, state) }),
    clear: () => own.prefer({ filter: NO_FILTER }),
  };
}
