import type { ExtensionRow } from '@lampboard/protocol';
import { useState } from 'react';
import { useLiveState } from './live-context.tsx';
import { rowsOf } from './live-state.ts';

export type Rows = ReadonlyMap<string, ExtensionRow>;

/** Derives once for each board, and answers the very same value while the new one says the same. */
function createMemo<T>() {
  let last: { rows: Rows; derive: (rows: Rows) => T; value: T } | null = null;
  return (rows: Rows, derive: (rows: Rows) => T, same: (a: T, b: T) => boolean): T => {
    if (last !== null && last.rows === rows && last.derive === derive) return last.value;
    const next = derive(rows);
    const value = last !== null && same(last.value, next) ? last.value : next;
    last = { rows, derive, value };
    return value;
  };
}

/** A value made from the whole board; who uses it renders anew only when the value changes. */
export function useBoardValue<T>(derive: (rows: Rows) => T, same: (a: T, b: T) => boolean): T {
  const [memo] = useState(() => createMemo<T>());
  return useLiveState((state) => memo(rowsOf(state), derive, same));
}

export function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => Object.is(item, b[index])));
}
