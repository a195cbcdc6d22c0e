import { type ExtensionRow, type Lamp, PRESENCE_STATES, type Preferences } from '@lampboard/protocol';
import { isOnThePhone, isRinging } from './sense.ts';

type Compare = (a: ExtensionRow, b: ExtensionRow) => number;

export interface Order {
  readonly compare: Compare;
  /** Whether it looks at what changes by itself: lamp, presence and times. */
  readonly moves: boolean;
}

const numbers = new Intl.Collator('en', { numeric: true });
const isPlain = (exten: string) => /^[1-9]\d*$/u.test(exten);

/** As people count: `99` before `101`. */
function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  // Plain numbers are nearly all there are, and five thousand of them are not to cost a frame.
  if (isPlain(a) && isPlain(b)) return a.length - b.length || (a < b ? -1 : 1);
  return numbers.compare(a, b);
}

/** The board's own: by number, then by context. */
export const BY_NUMBER: Order = {
  compare: (a, b) => compareNumbers(a.exten, b.exten) || numbers.compare(a.context, b.context),
  moves: false,
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
export function sinceOf(row: ExtensionRow): number | null {
  const calling = isOnThePhone(row) || isRinging(row);
  return calling || row.presence === null ? row.lampSince : row.presenceSince;
}

/** By one column, either way; what is not known stands last both ways, and equals stand by number. */
export function orderBy({ column, descending }: Preferences['sort'], locale: string): Order {
  const words = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const compareWords = (a: string, b: string) => words.compare(a, b);
  const compareAmounts = (a: number, b: number) => a - b;

  function by<T>(valueOf: (row: ExtensionRow) => T | null, compareValues: (a: T, b: T) => number): Compare {
    return (rowA, rowB) => {
      const a = valueOf(rowA);
      const b = valueOf(rowB);
      if (a === null || b === null) {
        return Number(a === null) - Number(b === null) || BY_NUMBER.compare(rowA, rowB);
      }
      const compared = compareValues(a, b);
      return (descending ? -compared : compared) || BY_NUMBER.compare(rowA, rowB);
    };
  }

  switch (column) {
    case 'number':
      return descending ? { compare: (a, b) => BY_NUMBER.compare(b, a), moves: false } : BY_NUMBER;
    case 'name':
      return { compare: by(({ person }) => person.name, compareWords), moves: false };
    case 'department':
      return { compare: by(({ person }) => person.department || null, compareWords), moves: false };
    case 'lamp':
      return { compare: by(({ lamp }) => LAMP_ORDER.indexOf(lamp), compareAmounts), moves: true };
    case 'presence':
      return {
        compare: by(({ presence }) => presence && PRESENCE_STATES.indexOf(presence.state), compareAmounts),
        moves: true,
      };
    case 'since':
      return { compare: by(sinceOf, compareAmounts), moves: true };
    case 'back':
      return { compare: by(({ back }) => back && back.at, compareAmounts), moves: true };
  }
}

/**
 * Keeps extensions in an order that nothing live moves: sorts only when an extension came or went, or is somebody
 * else's now, and answers the very same list otherwise.
 */
export function createKeptOrder(
  compare: Compare,
): (rows: ReadonlyMap<string, ExtensionRow>) => readonly string[] {
  let ids: readonly string[] = [];
  let people = new Map<string, ExtensionRow['person']>();
  return (rows) => {
    if (ids.length !== rows.size || ids.some((id) => rows.get(id)?.person !== people.get(id))) {
      const next = [...rows.values()].toSorted(compare).map(({ id }) => id);
      ids = sameIds(ids, next) ? ids : next;
      people = new Map(ids.flatMap((id) => entryOf(id, rows.get(id))));
    }
    return ids;
  };
}

const entryOf = (id: string, row: ExtensionRow | undefined): [string, ExtensionRow['person']][] =>
  row === undefined ? [] : [[id, row.person]];

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, place) => id === b[place]));
}
