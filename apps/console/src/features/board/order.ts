import type { ExtensionRow } from '@lampboard/protocol';

const collator = new Intl.Collator('en', { numeric: true });

/** By number, as people count (`99` before `101`), then by context. */
function compareRows(a: ExtensionRow, b: ExtensionRow): number {
  return collator.compare(a.exten, b.exten) || collator.compare(a.context, b.context);
}

/**
 * The places of the board. They depend on which extensions there are and on nothing else: whatever a row says, it stays
 * where it is. Sorts only when an extension came or went, and answers the same list otherwise.
 */
export function createOrder(): (rows: ReadonlyMap<string, ExtensionRow>) => readonly string[] {
  let ids: readonly string[] = [];
  return (rows) => {
    if (ids.length !== rows.size || ids.some((id) => !rows.has(id))) {
      ids = [...rows.values()].toSorted(compareRows).map((row) => row.id);
    }
    return ids;
  };
}
