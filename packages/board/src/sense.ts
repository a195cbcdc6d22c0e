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

/** Whether the person has not said otherwise; who says nothing, or cannot, is taken to be there. */
function saysReachable({ presence }: Pick<ExtensionRow, 'presence'>): boolean {
  switch (presence?.state) {
    case 'away':
    case 'xa':
    case 'dnd':
    case 'unavailable':
      return false;
    case 'available':
    case 'chat':
    case 'not_set':
    case undefined:
      return true;
  }
}

/** Somebody who would probably answer: lamp and telephone are idle, and the person has not said otherwise. */
export function isReachable(row: Telephone & Pick<ExtensionRow, 'presence'>): boolean {
  return row.lamp === 'idle' && phoneLamp(row) === 'idle' && row.phone?.dnd !== true && saysReachable(row);
}

/** What telephone and person say cannot both be so. */
export type Contradiction = 'reachable-but-unregistered' | 'reachable-but-busy' | 'gone-but-on-the-phone';

/** A telephone that refuses calls has the lamp `busy`, as it has on “do not disturb”. */
export function contradictionOf(row: Telephone & Pick<ExtensionRow, 'presence'>): Contradiction | null {
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
  a.id !== b.id && a.context === b.context && a.person.department === b.person.department;

/** How surely somebody is there, the surest first; a telephone without presence may be nobody's. */
const SURETY = ['available', 'chat', 'not_set', undefined];
const surety = ({ presence }: ExtensionRow) => SURETY.indexOf(presence?.state);

/**
 * Who best takes a call for somebody that cannot: of the same department (in a site without any, of the same context),
 * reachable, surest first, then whose telephone has been idle for longest; null where there is nobody.
 */
export function bestColleague(of: ExtensionRow, rows: Iterable<ExtensionRow>): ExtensionRow | null {
  const compare = (a: ExtensionRow, b: ExtensionRow) =>
    surety(a) - surety(b) || (a.lampSince ?? 0) - (b.lampSince ?? 0) || (a.id < b.id ? -1 : 1);
  let best: ExtensionRow | null = null;
  for (const row of rows) {
    if (!isColleague(row, of) || !isReachable(row)) continue;
    if (best === null || compare(row, best) < 0) best = row;
  }
  return best;
}
