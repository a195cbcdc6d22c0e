import type { LastUsed } from '@lampboard/protocol';
import type { Rows } from '../../live/use-board-value.ts';

const MOST = 6;

/** Those that the account used last, then those of the site, then those in use on the board. */
export function suggestedSubtypes(used: LastUsed | null, inUse: readonly string[]): readonly string[] {
  const last = used === null ? [] : [...used.own.subtypes, ...used.site.subtypes];
  const all = new Set([...last, ...inUse].filter((subtype) => subtype.trim() !== ''));
  return [...all].slice(0, MOST);
}

/** The subtypes in use on the board now, the most frequent first, as many as are suggested. */
export function subtypesInUse(rows: Rows): readonly string[] {
  return knownSubtypes(rows).slice(0, MOST);
}

/** Every subtype in use on the board now, the most frequent first. */
export function knownSubtypes(rows: Rows): readonly string[] {
  const uses = new Map<string, number>();
  for (const { presence } of rows.values()) {
    const subtype = presence?.subtype ?? '';
    if (subtype.trim() !== '') uses.set(subtype, (uses.get(subtype) ?? 0) + 1);
  }
  return [...uses]
    .toSorted(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b))
    .map(([subtype]) => subtype);
}
