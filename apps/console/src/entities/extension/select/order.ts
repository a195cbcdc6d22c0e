import { type Extension, type Lamp, PRESENCE_STATES, type Preferences } from '@lampboard/protocol';
import { dequal } from 'dequal';
import { isOnCall, isRinging } from '@lampboard/model';

type Compare = (a: Extension, b: Extension) => number;

export interface Order {
  readonly compare: Compare;
  /** True if it depends on lamp, presence or times. */
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
  compare: (a, b) =>
    compareExtens(a.exten, b.exten) ||
    numericCollator.compare(a.context, b.context) ||
    numericCollator.compare(a.id, b.id),
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
function activitySince(extension: Extension): number | null {
  const isActiveCall = isOnCall(extension) || isRinging(extension);
  return isActiveCall || extension.presence === null ? extension.lampSince : extension.presenceSetAt;
}

/** Orders by a column, then by number; missing values come last in both directions. */
export function orderBy({ column, descending }: Preferences['sort'], locale: string): Order {
  const textCollator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const compareText = (a: string, b: string) => textCollator.compare(a, b);

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

  const stable = (compare: Compare): Order => ({ compare, isVolatile: false });
  const volatile = (valueOf: (extension: Extension) => number | null): Order => ({
    compare: by(valueOf, (a, b) => a - b),
    isVolatile: true,
  });
  switch (column) {
    case 'number':
      return descending ? stable((a, b) => BY_NUMBER.compare(b, a)) : BY_NUMBER;
    case 'name':
      return stable(by(({ person }) => person.name, compareText));
    case 'department':
      return stable(by(({ person }) => person.department || null, compareText));
    case 'lamp':
      return volatile(({ lamp }) => LAMP_ORDER.indexOf(lamp));
    case 'presence':
      return volatile(({ presence }) => presence && PRESENCE_STATES.indexOf(presence.state));
    case 'since':
      return volatile(activitySince);
    case 'return-time':
      return volatile(({ returnTime }) => returnTime && returnTime.at);
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
      ids = dequal(ids, next) ? ids : next;
      people = new Map(ids.map((id) => [id, extensions.get(id)?.person]));
    }
    return ids;
  };
}
