import type { Change, Extension } from '@lampboard/protocol';
import { type Board, changedId } from '../sync/board.ts';
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

/** Keeps the aliases of a board. All are read again when asked for after a number has changed, and never else. */
export function createAliasIndex() {
  let aliases = NO_ALIASES;
  /** The aliases of each entry with any. */
  let aliasesById: ReadonlyMap<string, readonly string[]> = new Map();
  let isStale = true;

  function changesNumbers(change: Change): boolean {
    if (!mayChangeNumbers(change)) return false;
    const id = changedId(change);
    const before = aliasesById.get(id) ?? [];
    const after = aliasesAfter(change);
    return (
      aliases.has(id) ||
      before.length !== after.length ||
      before.some((alias, index) => alias !== after[index])
    );
  }

  return {
    /** To be called with the changes of each delta. */
    onChanges(changes: readonly Change[]) {
      isStale ||= changes.some(changesNumbers);
    },
    /** To be called with each snapshot. */
    onReset() {
      isStale = true;
    },
    /** Returns the same map until a number has changed. */
    of(extensions: Extensions): Aliases {
      if (!isStale) return aliases;
      isStale = false;
      const entries = [...extensions.values()].filter((extension) => extension.aliases?.length);
      aliasesById = new Map(entries.map(({ id, aliases: listed = [] }) => [id, listed]));
      const next = aliasesOf(entries, extensions);
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

/** Returns the aliases of an entry after a change that may change them. */
function aliasesAfter(change: Change): readonly string[] {
  if (change.table !== 'extensions' || change.op === 'remove') return [];
  return (change.op === 'put' ? change.row : change.fields).aliases ?? [];
}

function aliasesOf(entries: readonly Extension[], extensions: Extensions): Aliases {
  const ids = new Map<string, string>();
  for (const { id, aliases = [] } of entries)
    for (const alias of aliases) if (!extensions.has(alias)) ids.set(alias, id);
  return ids;
}

function isSame(a: Aliases, b: Aliases): boolean {
  if (a.size !== b.size) return false;
  for (const [alias, id] of a) if (b.get(alias) !== id) return false;
  return true;
}
