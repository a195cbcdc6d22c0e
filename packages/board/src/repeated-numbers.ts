import type { ExtensionRow } from '@lampboard/protocol';

type Rows = ReadonlyMap<string, ExtensionRow>;

function repeatedIn(rows: Rows): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { exten } of rows.values()) (seen.has(exten) ? repeated : seen).add(exten);
  return repeated;
}

/**
 * Finds the numbers that several contexts have: of these the number alone does not say which extension is meant. Counts
 * again only when an extension came or went, and returns the very same set for as long as it holds the same numbers.
 */
export function createRepeatedNumbers(): (rows: Rows) => ReadonlySet<string> {
  let ids: readonly string[] = [];
  let repeated: ReadonlySet<string> = new Set();
  return (rows) => {
    if (ids.length !== rows.size || ids.some((id) => !rows.has(id))) {
      ids = [...rows.keys()];
      const next = repeatedIn(rows);
      const isSame = next.size === repeated.size && [...next].every((exten) => repeated.has(exten));
      if (!isSame) repeated = next;
    }
    return repeated;
  };
}
