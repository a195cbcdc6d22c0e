import { matchesPreset, isFilterActive } from '../../entities/extension/select/filter.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import {
  type Extension,
  type Lamp,
  type PresenceState,
  type FilterPreset,
  type BoardFilter,
  NO_FILTER,
} from '@lampboard/protocol';
import { type Group, isOfPeople } from '../../entities/group/groups.ts';
import { useSettings, usePreference } from '../../data/preferences/settings-context.tsx';

function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** Returns the filter that applies to a group: filters are for people, so none does to a kind of functions or to rooms. */
export function useGroupFilter(group: Group): BoardFilter {
  const filter = usePreference('filter');
  return isOfPeople(group) ? filter : NO_FILTER;
}

export function useFilter() {
  const settings = useSettings();
  const filter = usePreference('filter');
  const change = (patch: Partial<BoardFilter>) =>
    settings.updatePreferences({ filter: { ...filter, ...patch } });
  return {
    filter,
    isActive: isFilterActive(filter),
    activeCount: Number(filter.preset !== null) + filter.lamps.length + filter.presences.length,
    togglePreset: (preset: FilterPreset) => change({ preset: filter.preset === preset ? null : preset }),
    toggleLamp: (lamp: Lamp) => change({ lamps: toggled(filter.lamps, lamp) }),
    togglePresence: (state: PresenceState) => change({ presences: toggled(filter.presences, state) }),
    clear: () => settings.updatePreferences({ filter: NO_FILTER }),
  };
}

const UNTIMED_PRESETS = ['reachable', 'on-the-phone', 'mismatch'] as const satisfies readonly FilterPreset[];

/** Counts what does not depend on the time. `returnTimes`: in milliseconds since 1970. */
export function countFilters(extensions: Iterable<Extension>) {
  const presets = { reachable: 0, 'on-the-phone': 0, mismatch: 0 };
  const returnTimes: number[] = [];
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
    if (isLine(extension)) continue;
    for (const preset of UNTIMED_PRESETS) if (matchesPreset(extension, preset, 0)) presets[preset] += 1;
    if (extension.returnTime !== null) returnTimes.push(extension.returnTime.at);
    lamps[extension.lamp] += 1;
    if (extension.presence !== null) presences[extension.presence.state] += 1;
  }
  return { presets, lamps, presences, returnTimes };
}
