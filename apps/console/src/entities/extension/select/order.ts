import { type Extension, type Lamp, PRESENCE_STATES, type Preferences } from '@lampboard/protocol';
import { isOnCall, isRinging } from '@lampboard/model';

type Compare = (a: Extension, b: Extension) => number;

export interface Order {
  readonly compare: Compare;
  /** Whether it looks at what changes by itself: lamp, presence and times. */
  readonly isVolatile: boolean;
}

const numericCollator = new Intl.Collator('en', { numeric: true });
const isPlainNumber = (exten: string) => /^[1-9]\d*$/u.test(exten);

/** As people count: `99` before `101`. */
function compareExtens(a: string, b: string): number {
  if (a === b) return 0;
  // Plain numbers are nearly all there are, and five thousand of them are not to cost a frame.
  if (isPlainNumber(a) && isPlainNumber(b)) return a.length - b.length || (a < b ? -1 : 1);
  return numericCollator.compare(a, b);
}

/** The board's own: by number, then by context. */
export const BY_NUMBER: Order = {
  compare: (a, b) => compareExtens(a.exten, b.exten) || numericCollator.compare(a.context, b.context),
  isVolatile: false,
};

/** What happens first, what nobody knows last. */
const LAMP_ORDER: readonly Lamp[] = [
  'ringing',
  'in-use-ringing',
  'in-use',
  'in-use-on-hold',
  'on-hold',
  'busy',
  'idle',
  'unavailable',
  'unknown',
];

/** Since when what a tile tells of has been so: the call where there is one, else the presence, else the lamp. */
export function activitySince(extension: Extension): number | null {
  const isActiveCall = isOnCall(extension) || isRinging(extension);
  return isActiveCall || extension.presence === null ? extension.lampSince : extension.presenceSetAt;
}

/** By one column, either way; what is not known stands last both ways, and equals stand by number. */
export function orderBy({ column, descending }: Preferences['sort'], locale: string): Order {
  const textCollator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const compareText = (a: string, b: string) => textCollator.compare(a, b);
  const compareNumeric = (a: number, b: number) => a - b;

  function by<T>(
    valueOf: (extension: Extension) => T | null,
    compareValues: (a: T, b: T) => number,
  ): Compare {
    return (extensionA, extensionB) => {
      const a = valueOf(extensionA);
      const b = valueOf(extensionB);
      if (a === null || b === null) {
        return Number(a === null) - Number(b === null) || BY_NUMBER.compare(extensionA, extensionB);
      }
      const compared = compareValues(a, b);
      return (descending ? -compared : compared) || BY_NUMBER.compare(extensionA, extensionB);
    };
  }

  switch (column) {
    case 'number':
      return descending ? { compare: (a, b) => BY_NUMBER.compare(b, a), isVolatile: false } : BY_NUMBER;
    case 'name':
      return { compare: by(({ person }) => person.name, compareText), isVolatile: false };
    case 'department':
      return { compare: by(({ person }) => person.department || null, compareText), isVolatile: false };
    case 'lamp':
      return { compare: by(({ lamp }) => LAMP_ORDER.indexOf(lamp), compareNumeric), isVolatile: true };
    case 'presence':
      return {
        compare: by(({ presence }) => presence && PRESENCE_STATES.indexOf(presence.state), compareNumeric),
        isVolatile: true,
      };
    case 'since':
      return { compare: by(activitySince, compareNumeric), isVolatile: true };
    case 'return-time':
      return {
        compare: by(({ returnTime }) => returnTime && returnTime.at, compareNumeric),
        isVolatile: true,
      };
  }
}

/**
 * Keeps extensions in an order that nothing live moves: sorts only when an extension came or went, or is somebody
 * else's now, and answers the very same list otherwise.
 */
export function createStableSort(
  compare: Compare,
): (extensions: ReadonlyMap<string, Extension>) => readonly string[] {
  let ids: readonly string[] = [];
  let people = new Map<string, Extension['person']>();
  return (extensions) => {
    if (ids.length !== extensions.size || ids.some((id) => extensions.get(id)?.person !== people.get(id))) {
      const next = [...extensions.values()].toSorted(compare).map(({ id }) => id);
      ids = sameIds(ids, next) ? ids : next;
      people = new Map(ids.flatMap((id) => entryOf(id, extensions.get(id))));
    }
    return ids;
  };
}

const entryOf = (id: string, extension: Extension | undefined): [string, Extension['person']][] =>
  extension === undefined ? [] : [[id, extension.person]];

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}
