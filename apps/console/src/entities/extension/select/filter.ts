import type { BoardFilter, Extension, FilterPreset } from '@lampboard/protocol';
import { mismatchOf, isOnCall, isReachable, overdueBy } from '@lampboard/model';

type FilterableExtension = Pick<Extension, 'lamp' | 'phone' | 'presence' | 'returnTime'>;

/** `now`: the gateway's clock, in milliseconds since 1970. */
export function matchesPreset(extension: FilterableExtension, preset: FilterPreset, now: number): boolean {
  switch (preset) {
    case 'reachable':
      return isReachable(extension);
    case 'on-the-phone':
      return isOnCall(extension);
    case 'overdue':
      return overdueBy(extension, now) !== null;
    case 'mismatch':
      return mismatchOf(extension) !== null;
  }
}

export function isFilterActive({ preset, lamps, presences }: BoardFilter): boolean {
  return preset !== null || lamps.length > 0 || presences.length > 0;
}

/** An extension without presence matches no presence filter. `now`: the gateway's clock, in milliseconds since 1970. */
export function matchesFilter(
  extension: FilterableExtension,
  { preset, lamps, presences }: BoardFilter,
  now: number,
): boolean {
  return (
    (lamps.length === 0 || lamps.includes(extension.lamp)) &&
    (presences.length === 0 ||
      (extension.presence !== null && presences.includes(extension.presence.state))) &&
    (preset === null || matchesPreset(extension, preset, now))
  );
}
