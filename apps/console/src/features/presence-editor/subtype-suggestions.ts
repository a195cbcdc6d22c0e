import type { RecentValues } from '@lampboard/protocol';
import type { Extensions } from '../../data/socket/use-board-value.ts';

const MAX_SUGGESTIONS = 6;

/** Returns those used by the account, then by the site, then in use on the board. */
export function suggestedSubtypes(
  recentValues: RecentValues | null,
  inUse: readonly string[],
): readonly string[] {
  const recent = recentValues === null ? [] : [...recentValues.user.subtypes, ...recentValues.site.subtypes];
  const all = new Set([...recent, ...inUse].filter((subtype) => subtype.trim() !== ''));
  return [...all].slice(0, MAX_SUGGESTIONS);
}

export function subtypesInUse(extensions: Extensions): readonly string[] {
  return knownSubtypes(extensions).slice(0, MAX_SUGGESTIONS);
}

/** Returns every subtype in use on the board, the most frequent first. */
export function knownSubtypes(extensions: Extensions): readonly string[] {
  const uses = new Map<string, number>();
  for (const { presence } of extensions.values()) {
    const subtype = presence?.subtype ?? '';
    if (subtype.trim() !== '') uses.set(subtype, (uses.get(subtype) ?? 0) + 1);
  }
  return [...uses]
    .toSorted(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b))
    .map(([subtype]) => subtype);
}
