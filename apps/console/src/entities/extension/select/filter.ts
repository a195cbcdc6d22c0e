import type { BoardFilter, Extension, FilterPreset } from '@lampboard/protocol';
import { mismatchOf, isOnCall, isReachable, overdueBy } from '@lampboard/model';
import { isLine } from '../../kind/kinds.ts';

type FilterableExtension = Pick<Extension, 'kind' | 'lamp' | 'phone' | 'presence' | 'returnTime'>;

const PRESETS: Readonly<Record<FilterPreset, (extension: FilterableExtension, now: number) => boolean>> = {
  reachable: isReachable,
  'on-the-phone': isOnCall,
  overdue: (extension, now) => overdueBy(extension, now) !== null,
  mismatch: (extension) => mismatchOf(extension) !== null,
};

/** `now`: the gateway's clock, in milliseconds since 1970. */
export const matchesPreset = (extension: FilterableExtension, preset: FilterPreset, now: number): boolean =>
  PRESETS[preset](extension, now);

export const isFilterActive = ({ preset, lamps, presences }: BoardFilter): boolean =>
  preset !== null || lamps.length > 0 || presences.length > 0;

/** Filters are for people and rooms; one without presence matches no presence filter. `now`: the gateway's clock, in milliseconds since 1970. */
export function matchesFilter(
  extension: FilterableExtension,
  { preset, lamps, presences }: BoardFilter,
  now: number,
): boolean {
  return (
    !isLine(extension) &&
    (lamps.length === 0 || lamps.includes(extension.lamp)) &&
    (presences.length === 0 ||
      (extension.presence !== null && presences.includes(extension.presence.state))) &&
    (preset === null || matchesPreset(extension, preset, now))
  );
}
