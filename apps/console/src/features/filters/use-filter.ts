import { matchesPreset, isFilterActive } from '../../entities/extension/select/filter.ts';
import {
  type Extension,
  type Lamp,
  type PresenceState,
  FILTER_PRESETS,
  type FilterPreset,
  type BoardFilter,
  NO_FILTER,
} from '@lampboard/protocol';
import { useSettings, usePreference } from '../../data/settings/settings-context.tsx';

interface Filter {
  readonly filter: BoardFilter;
  readonly isActive: boolean;
  readonly activeCount: number;
  togglePreset: (preset: FilterPreset) => void;
  toggleLamp: (lamp: Lamp) => void;
  togglePresence: (state: PresenceState) => void;
  clear: () => void;
}

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

export function useFilter(): Filter {
  const settings = useSettings();
  const filter = usePreference('filter');
  const change = (patch: Partial<BoardFilter>) =>
    settings.updatePreferences({ filter: { ...filter, ...patch } });
  return {
    filter,
    isActive: isFilterActive(filter),
    activeCount: Number(filter.preset !== null) + filter.lamps.length + filter.presences.length,
    togglePreset: (preset) => change({ preset: filter.preset === preset ? null : preset }),
    toggleLamp: (lamp) => change({ lamps: toggled(filter.lamps, lamp) }),
    togglePresence: (state) => change({ presences: toggled(filter.presences, state) }),
    clear: () => settings.updatePreferences({ filter: NO_FILTER }),
  };
}

export interface FilterCounts {
  readonly presets: Readonly<Record<FilterPreset, number>>;
  readonly lamps: Readonly<Record<Lamp, number>>;
  readonly presences: Readonly<Record<PresenceState, number>>;
}

/** `now` in the gateway's time, in milliseconds since 1970. */
export function countFilters(
  extensions: Iterable<Extension>,
  isInGroup: (extension: Extension) => boolean,
  now: number,
): FilterCounts {
  const presets = { reachable: 0, 'on-the-phone': 0, overdue: 0, mismatch: 0 };
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
  for (const extension of extensions) {
    if (!isInGroup(extension)) continue;
    for (const preset of FILTER_PRESETS) if (matchesPreset(extension, preset, now)) presets[preset] += 1;
    lamps[extension.lamp] += 1;
    if (extension.presence !== null) presences[extension.presence.state] += 1;
  }
  return { presets, lamps, presences };
}
