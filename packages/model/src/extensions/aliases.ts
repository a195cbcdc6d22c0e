import type { Change, Extension } from '@lampboard/protocol';
import type { Board } from '../sync/board.ts';
import { numbersOf } from './visibility.ts';

type Extensions = Board['extensions'];

/** The ids of entries, by those of their further numbers. */
export type Aliases = ReadonlyMap<string, string>;

export const NO_ALIASES: Aliases = new Map();

/** Returns the id of the entry with this number; the same id where it has no other. */
export const resolveId = (aliases: Aliases, id: string): string => aliases.get(id) ?? id;

/** Returns the ids of the entries with these numbers, each once; the same list where they are the ids already. */
export function resolveIds(aliases: Aliases, ids: readonly string[]): readonly string[] {
  return ids.some((id) => aliases.has(id)) ? [...new Set(ids.map((id) => resolveId(aliases, id)))] : ids;
}

export type AliasIndex = ReturnType<typeof createAliasIndex>;

/** Keeps the aliases of a board. They are read again when asked for after a change of numbers, and never else. */
export function createAliasIndex() {
  let aliases = NO_ALIASES;
  let isStale = true;

  return {
    /** To be called with the changes of each delta. */
    onChanges(changes: readonly Change[]) {
      isStale ||= changes.some(mayChangeNumbers);
    },
    /** To be called with each snapshot. */
    onReset() {
      isStale = true;
    },
    /** Returns the same map until a number has changed. */
    of(extensions: Extensions): Aliases {
      if (!isStale) return aliases;
      isStale = false;
      const next = aliasesOf(extensions);
      if (!isSame(next, aliases)) aliases = next;
      return aliases;
    },
  };
}

/** True for a change after which an entry may have other numbers. */
export const mayChangeNumbers = (change: Change): boolean =>
  change.table === 'extensions' && (change.op !== 'patch' || 'aliases' in change.fields);

/** Returns a function that finds an extension by any of its numbers and its provider, which another person's is not. */
export function findByNumbers(extensions: Iterable<Extension>) {
  const byNumber = new Map<string, Extension>();
  for (const extension of extensions)
    for (const number of numbersOf(extension)) byNumber.set(number, extension);
  return (numbers: readonly string[], provider: string | null): Extension | undefined =>
    numbers.map((number) => byNumber.get(number)).find((found) => found?.provider === provider);
}

function aliasesOf(extensions: Extensions): Aliases {
  const ids = new Map<string, string>();
  for (const { id, aliases = [] } of extensions.values())
    for (const alias of aliases) if (!extensions.has(alias)) ids.set(alias, id);
  return ids;
}

function isSame(a: Aliases, b: Aliases): boolean {
  if (a.size !== b.size) return false;
  for (const [alias, id] of a) if (b.get(alias) !== id) return false;
  return true;
}
