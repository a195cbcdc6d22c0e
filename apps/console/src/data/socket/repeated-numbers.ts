import type { Extension } from '@lampboard/protocol';
import { isEqual } from './is-equal.ts';

type Extensions = ReadonlyMap<string, Extension>;

function repeatedIn(extensions: Extensions): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { exten } of extensions.values()) (seen.has(exten) ? repeated : seen).add(exten);
  return repeated;
}

/** Finds the numbers that exist in several contexts, and returns the same set while it holds the same numbers. */
export function createRepeatedNumbers(): (extensions: Extensions) => ReadonlySet<string> {
  let ids: readonly string[] = [];
  let repeated: ReadonlySet<string> = new Set();
  return (extensions) => {
    if (ids.length !== extensions.size || ids.some((id) => !extensions.has(id))) {
      ids = [...extensions.keys()];
      const next = repeatedIn(extensions);
      if (!isEqual(next, repeated)) repeated = next;
    }
    return repeated;
  };
}
