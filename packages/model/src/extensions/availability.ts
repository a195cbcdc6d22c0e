import type { Extension, Lamp } from '@lampboard/protocol';
import { isAssigned } from './visibility.ts';

const ON_CALL_LAMPS: readonly Lamp[] = ['in-use', 'busy', 'in-use-ringing', 'on-hold', 'in-use-on-hold'];

type PhoneState = Pick<Extension, 'lamp' | 'phone'>;

/** Returns the lamp of the phone alone, without other devices of its hint; null without a phone. */
export function phoneLamp({ lamp, phone }: PhoneState): Lamp | null {
  if (phone === null) return null;
  return phone?.lamp === undefined ? lamp : phone.lamp;
}

/** Returns when the phone's state began; null where unknown, as behind another device's lamp. */
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

type PhoneAndPresence = PhoneState & Pick<Extension, 'kind' | 'presence'>;

function isIdle(extension: PhoneState): boolean {
  const { lamp, phone } = extension;
  return lamp === 'idle' && phoneLamp(extension) === 'idle' && !phone?.dnd && !phone?.forwarded;
}

/** A person who would probably answer: lamp and phone are idle, and the presence is `available`. */
export function isReachable(extension: PhoneAndPresence): boolean {
  return extension.kind === 'person' && isIdle(extension) && extension.presence?.state === 'available';
}

/** A call may be tried: as {@link isReachable}, or an idle phone without presence, as in a room. */
export function isFree(extension: PhoneAndPresence): boolean {
  return (
    isReachable(extension) ||
    (isIdle(extension) && (extension.presence === null || extension.presence.state === 'not_set'))
  );
}

/** A contradiction between phone and presence. */
export type Mismatch =
  | 'available-but-offline'
  | 'available-but-busy'
  | 'available-but-dnd'
  | 'away-but-on-call';

/** A phone that rejects calls has the lamp `busy`, as on “do not disturb”. */
export function mismatchOf(extension: PhoneState & Pick<Extension, 'presence'>): Mismatch | null {
  const lamp = phoneLamp(extension);
  switch (extension.presence?.state) {
    case 'available':
    case 'chat':
      if (lamp === 'unavailable') return 'available-but-offline';
      if (extension.phone?.dnd) return 'available-but-dnd';
      return lamp === 'busy' ? 'available-but-busy' : null;
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

/** Returns the milliseconds since the return time, null before it; `now` in milliseconds since 1970. */
export function overdueBy({ returnTime }: Pick<Extension, 'returnTime'>, now: number): number | null {
  return returnTime === null || returnTime.at > now ? null : now - returnTime.at;
}

const isColleague = (a: Extension, b: Extension) =>
  a.person.department !== '' && a.person.department === b.person.department;

/**
 * Returns the deputy if reachable, else the reachable extension of the same department that has been idle for longest, or
 * null.
 */
export function suggestColleague(
  unavailable: Extension,
  extensions: Iterable<Extension>,
  excludedIds: readonly string[] = [],
): Extension | null {
  const compare = (a: Extension, b: Extension) =>
    (a.lampSince ?? 0) - (b.lampSince ?? 0) || (a.id < b.id ? -1 : 1);
  const { deputy } = unavailable.person;
  let best: Extension | null = null;
  for (const extension of extensions) {
    const { id } = extension;
    if (id === unavailable.id || excludedIds.includes(id) || !isReachable(extension)) continue;
    if (deputy !== undefined && isAssigned([deputy], extension)) return extension;
    if (!isColleague(extension, unavailable)) continue;
    if (best === null || compare(extension, best) < 0) best = extension;
  }
  return best;
}
