import { type Extension, type Lamp, PRESENCE_STATES, type Preferences } from '@lampboard/protocol';
import { isEqual } from '../../../data/socket/is-equal.ts';
import { isOnCall, isRinging } from '@lampboard/model';

type Compare = (a: Extension, b: Extension) => number;

export interface Order {
  readonly compare: Compare;
  /** Whether it depends on lamp, presence or times. */
  readonly isVolatile: boolean;
}

const numericCollator = new Intl.Collator('en', { numeric: true });
const isPlainNumber = (exten: string) => /^[1-9]\d*$/u.test(exten);

/** Numeric: `99` before `101`. */
function compareExtens(a: string, b: string): number {
  if (a === b) return 0;
  // A fast path: five thousand extensions must not cost a frame.
  if (isPlainNumber(a) && isPlainNumber(b)) return a.length - b.length || (a < b ? -1 : 1);
  return numericCollator.compare(a, b);
}

export const BY_NUMBER: Order = {
  compare: (a, b) => compareExtens(a.exten, b.exten) || numericCollator.compare(a.context, b.context),
  isVolatile: false,
};

/** Most active first, unknown last. */
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

/** Returns the start of the call, else of the presence, else of the lamp state. */
export function activitySince(extension: Extension): number | null {
  const isActiveCall = isOnCall(extension) || isRinging(extension);
  return isActiveCall || extension.presence === null ? extension.lampSince : extension.presenceSetAt;
}

/** Orders by a column, then by number; missing values come last in both directions. */
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

/** Sorts again only when extensions are added, removed or renamed, and returns the same list otherwise. */
export function createStableSort(
  compare: Compare,
): (extensions: ReadonlyMap<string, Extension>) => readonly string[] {
  let ids: readonly string[] = [];
  let people = new Map<string, Extension['person'] | undefined>();
  return (extensions) => {
    if (ids.length !== extensions.size || ids.some((id) => extensions.get(id)?.person !== people.get(id))) {
      const next = [...extensions.values()].toSorted(compare).map(({ id }) => id);
      ids = isEqual(ids, next) ? ids : next;
      people = new Map(ids.map((id) => [id, extensions.get(id)?.person]));
    }
    return ids;
  };
}
