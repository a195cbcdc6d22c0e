import type { ExtensionRow, Lamp } from '@lampboard/protocol';

const ON_THE_PHONE: readonly Lamp[] = ['in-use', 'busy', 'in-use-ringing', 'on-hold', 'in-use-on-hold'];

type Telephone = Pick<ExtensionRow, 'lamp' | 'phone'>;

/** What the telephone itself does, whatever other devices the hint joins with it; null where there is none. */
export function phoneLamp({ lamp, phone }: Telephone): Lamp | null {
  return phone === undefined ? lamp : (phone?.lamp ?? null);
}

/** Since when; null where nobody saw it, as behind a lamp that another device of the hint holds. */
export function phoneSince(row: Telephone & Pick<ExtensionRow, 'lampSince'>): number | null {
  return phoneLamp(row) === row.lamp ? row.lampSince : null;
}

export function isCall(lamp: Lamp | null): boolean {
  return lamp !== null && ON_THE_PHONE.includes(lamp);
}

export function isOnThePhone(row: Telephone): boolean {
  return isCall(phoneLamp(row));
}

export function isRinging(row: Telephone): boolean {
  const lamp = phoneLamp(row);
  return lamp === 'ringing' || lamp === 'in-use-ringing';
}

type Person = Telephone & Pick<ExtensionRow, 'presence'>;

function isIdle(row: Telephone): boolean {
  return row.lamp === 'idle' && phoneLamp(row) === 'idle' && row.phone?.dnd !== true;
}

/** Somebody who would probably answer: lamp and telephone are idle, and the person says to be available. */
export function isReachable(row: Person): boolean {
  return isIdle(row) && row.presence?.state === 'available';
}

/** Whether a call may be tried: as {@link isReachable}, or the telephone is idle and tells of nobody, as in a room. */
export function isFree(row: Person): boolean {
  return isReachable(row) || (isIdle(row) && (row.presence === null || row.presence.state === 'not_set'));
}

/** What telephone and person say cannot both be so. */
export type Contradiction = 'reachable-but-unregistered' | 'reachable-but-busy' | 'gone-but-on-the-phone';

/** A telephone that refuses calls has the lamp `busy`, as it has on “do not disturb”. */
export function contradictionOf(row: Person): Contradiction | null {
  const lamp = phoneLamp(row);
  switch (row.presence?.state) {
    case 'available':
    case 'chat':
      if (lamp === 'unavailable') return 'reachable-but-unregistered';
      return lamp === 'busy' || row.phone?.dnd ? 'reachable-but-busy' : null;
    case 'away':
    case 'xa':
    case 'unavailable':
      return isCall(lamp) && lamp !== 'busy' ? 'gone-but-on-the-phone' : null;
    case 'dnd':
    case 'not_set':
    case undefined:
      return null;
  }
}

/** Milliseconds by which somebody is later than they said; null where they are not. `now` since 1970. */
export function lateBy({ back }: Pick<ExtensionRow, 'back'>, now: number): number | null {
  return back === null || back.at > now ? null : now - back.at;
}

const isColleague = (a: ExtensionRow, b: ExtensionRow) =>
  a.id !== b.id && a.person.department !== '' && a.person.department === b.person.department;

/**
 * Who best takes a call for somebody that cannot: of the same department, reachable, and whose telephone has been idle for
 * longest; none of `notThese` ids; null where there is nobody.
 */
export function bestColleague(
  of: ExtensionRow,
  rows: Iterable<ExtensionRow>,
  notThese: readonly string[] = [],
): ExtensionRow | null {
  const compare = (a: ExtensionRow, b: ExtensionRow) =>
    (a.lampSince ?? 0) - (b.lampSince ?? 0) || (a.id < b.id ? -1 : 1);
  let best: ExtensionRow | null = null;
  for (const row of rows) {
    if (!isColleague(row, of) || !isReachable(row) || notThese.includes(row.id)) continue;
    if (best === null || compare(row, best) < 0) best = row;
  }
  return best;
}
