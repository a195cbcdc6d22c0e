import type { Extension, Lamp } from '@lampboard/protocol';

const ON_CALL_LAMPS: readonly Lamp[] = ['in-use', 'busy', 'in-use-ringing', 'on-hold', 'in-use-on-hold'];

type PhoneState = Pick<Extension, 'lamp' | 'phone'>;

/** What the telephone itself does, whatever other devices the hint joins with it; null where there is none. */
export function phoneLamp({ lamp, phone }: PhoneState): Lamp | null {
  return phone === undefined ? lamp : (phone?.lamp ?? null);
}

/** Since when; null where nobody saw it, as behind a lamp that another device of the hint holds. */
export function phoneSince(extension: PhoneState & Pick<Extension, 'lampSince'>): number | null {
  return phoneLamp(extension) === extension.lamp ? extension.lampSince : null;
}

export function isCallLamp(lamp: Lamp | null): boolean {
  return lamp !== null && ON_CALL_LAMPS.includes(lamp);
}

export function isOnCall(extension: PhoneState): boolean {
  return isCallLamp(phoneLamp(extension));
}

export function isRinging(extension: PhoneState): boolean {
  const lamp = phoneLamp(extension);
  return lamp === 'ringing' || lamp === 'in-use-ringing';
}

type PhoneAndPresence = PhoneState & Pick<Extension, 'presence'>;

function isIdle(extension: PhoneState): boolean {
  return extension.lamp === 'idle' && phoneLamp(extension) === 'idle' && extension.phone?.dnd !== true;
}

/** Somebody who would probably answer: lamp and telephone are idle, and the person says to be available. */
export function isReachable(extension: PhoneAndPresence): boolean {
  return isIdle(extension) && extension.presence?.state === 'available';
}

/** Whether a call may be tried: as {@link isReachable}, or the telephone is idle and tells of nobody, as in a room. */
export function isFree(extension: PhoneAndPresence): boolean {
  return (
    isReachable(extension) ||
    (isIdle(extension) && (extension.presence === null || extension.presence.state === 'not_set'))
  );
}

/** What telephone and person say cannot both be so. */
export type Mismatch = 'available-but-offline' | 'available-but-busy' | 'away-but-on-call';

/** A telephone that refuses calls has the lamp `busy`, as it has on “do not disturb”. */
export function mismatchOf(extension: PhoneAndPresence): Mismatch | null {
  const lamp = phoneLamp(extension);
  switch (extension.presence?.state) {
    case 'available':
    case 'chat':
      if (lamp === 'unavailable') return 'available-but-offline';
      return lamp === 'busy' || extension.phone?.dnd ? 'available-but-busy' : null;
    case 'away':
    case 'xa':
    case 'unavailable':
      return isCallLamp(lamp) && lamp !== 'busy' ? 'away-but-on-call' : null;
    case 'dnd':
    case 'not_set':
    case undefined:
      return null;
  }
}

/** Milliseconds by which somebody is later than they said; null where they are not. `now` since 1970. */
export function overdueBy({ returnTime }: Pick<Extension, 'returnTime'>, now: number): number | null {
  return returnTime === null || returnTime.at > now ? null : now - returnTime.at;
}

const isColleague = (a: Extension, b: Extension) =>
  a.id !== b.id && a.person.department !== '' && a.person.department === b.person.department;

/**
 * Who best takes a call for somebody that cannot: of the same department, reachable, and whose telephone has been idle for
 * longest; none of `notThese` ids; null where there is nobody.
 */
export function suggestColleague(
  unavailable: Extension,
  extensions: Iterable<Extension>,
  excludedIds: readonly string[] = [],
): Extension | null {
  const compare = (a: Extension, b: Extension) =>
    (a.lampSince ?? 0) - (b.lampSince ?? 0) || (a.id < b.id ? -1 : 1);
  let best: Extension | null = null;
  for (const extension of extensions) {
    if (!isColleague(extension, unavailable) || !isReachable(extension) || excludedIds.includes(extension.id))
      continue;
    if (best === null || compare(extension, best) < 0) best = extension;
  }
  return best;
}
