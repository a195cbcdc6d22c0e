import type { ExtensionRow } from '@lampboard/protocol';
import type { Order } from './order.ts';

type Rows = ReadonlyMap<string, ExtensionRow>;

/** Who is to be shown, and in which order. */
export interface Wanted {
  /** Whoever belongs there, in the order that nothing moves. */
  readonly among: readonly string[];
  /** Narrows it by what is so at this moment; null: not at all. */
  readonly fits: ((row: ExtensionRow) => boolean) | null;
  /** Null: as `among` stands. */
  readonly order: Order | null;
}

export interface Arrangement {
  readonly ids: readonly string[];
  /** Those among them that do not fit any more. */
  readonly unfit: ReadonlySet<string>;
  /** Those that would fit by now, and are not shown. */
  readonly more: readonly string[];
  /** Whether the order would be another one by now. */
  readonly moved: boolean;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Arranges a board so that nothing moves by itself. What moves is arranged once for each `asked`, which is known by its
 * identity, and then stays: those who do not fit any more too. Extensions that are gone are left out, and stand at their
 * place again once they are back; new ones come at the end, or are counted where a filter asks for some only.
 */
export function createArrangement(): (rows: Rows, wanted: Wanted, asked: object) => Arrangement {
  const takenFor = new WeakMap<object, Set<string>>();

  return (rows, { among, fits, order }, asked) => {
    if (fits === null && order?.moves !== true) {
      return { ids: order === null ? among : sorted(among, rows, order), ...STEADY };
    }
    // Before the first snapshot there is nothing to take.
    if (rows.size === 0) return { ids: [], ...STEADY };
    const fitting = among.filter((id) => holds(fits, rows.get(id)));
    let taken = takenFor.get(asked);
    if (taken === undefined) {
      taken = new Set(order === null ? fitting : sorted(fitting, rows, order));
      takenFor.set(asked, taken);
    }
    const places = taken;
    if (fits === null) for (const id of among) places.add(id);
    const belonging = new Set(among);
    const ids = [...places].filter((id) => belonging.has(id));
    const fit = new Set(fitting);
    const unfit = fits === null ? NOBODY : new Set(ids.filter((id) => !fit.has(id)));
    return {
      ids,
      unfit,
      more: fitting.filter((id) => !places.has(id)),
      moved: order?.moves === true && !isSorted(ids, rows, order),
    };
  };
}

const STEADY = { unfit: NOBODY, more: [], moved: false } as const;

function holds(fits: Wanted['fits'], row: ExtensionRow | undefined): boolean {
  return row !== undefined && (fits === null || fits(row));
}

function sorted(ids: readonly string[], rows: Rows, { compare }: Order): readonly string[] {
  return ids
    .flatMap((id) => rows.get(id) ?? [])
    .toSorted(compare)
    .map(({ id }) => id);
}

function isSorted(ids: readonly string[], rows: Rows, { compare }: Order): boolean {
  return ids.every((id, place) => {
    const row = rows.get(id);
    const before = rows.get(ids[place - 1] ?? '');
    return row === undefined || before === undefined || compare(before, row) <= 0;
  });
}
