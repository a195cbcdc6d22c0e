import { HEALTH_KEPT_MS, type LinkSpell, type LinkStatus } from '@lampboard/protocol';
import type { LiveBoard } from '../pbx/live-board.ts';

/** A link that comes and goes again and again is remembered for less than the whole time. */
const SPELLS = 500;

/** How the link to Asterisk was in the last hour. */
export interface LinkHistory {
  /** The oldest first; the first may have begun before. */
  spells(): readonly LinkSpell[];
  current(): LinkSpell;
}

export function followLink({
  board,
  now,
}: {
  board: Pick<LiveBoard, 'current' | 'subscribe'>;
  /** Milliseconds since 1970. */
  now: () => number;
}): LinkHistory {
  const spellOf = (link: LinkStatus): LinkSpell => ({
    at: now(),
    reason: link.state === 'live' ? null : link.reason,
  });
  let current = spellOf(board.current().link);
  let spells = [current];

  function note(link: LinkStatus): void {
    const spell = spellOf(link);
    if (spell.reason === current.reason) return;
    current = spell;
    const from = spell.at - HEALTH_KEPT_MS;
    const past = spells.filter((_, place) => (spells[place + 1]?.at ?? spell.at) > from);
    spells = [...past.slice(1 - SPELLS), spell];
  }
  board.subscribe({
    onFrame({ changes }) {
      for (const change of changes) if (change.kind === 'link') note(change.link);
    },
    onSnapshot: ({ link }) => note(link),
  });

  return { spells: () => spells, current: () => current };
}
