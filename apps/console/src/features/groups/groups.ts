import { type ExtensionRow, FAVOURITES, type OwnGroup } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** A part of the board; `name` is a department or a dialplan context, `id` a group of the account's own. */
export type Group =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'own'; readonly id: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export interface GroupCount {
  readonly group: Group;
  readonly count: number;
}

interface Groups {
  readonly total: number;
  /** The account's own, the favourites first. */
  readonly owned: readonly GroupCount[];
  /** None where the directory names none. */
  readonly departments: readonly GroupCount[];
  /** None where there is only one. */
  readonly contexts: readonly GroupCount[];
}

export const EVERYONE: Group = { kind: 'everyone' };

type OwnGroups = readonly OwnGroup[];

/** The group of the account's own; undefined where it has been removed. */
export function ownGroupOf(group: Group, own: OwnGroups): OwnGroup | undefined {
  return group.kind === 'own' ? own.find(({ id }) => id === group.id) : undefined;
}

/** Whether there is none any more: a link that was kept leads to it. */
export function isGone(group: Group, own: OwnGroups): boolean {
  return group.kind === 'own' && ownGroupOf(group, own) === undefined;
}

export function nameOfOwn(t: Translate, { id, name }: OwnGroup): string {
  return id === FAVOURITES ? t('group.favourites') : name;
}

export function labelOf(t: Translate, group: Group, own: OwnGroups): string {
  switch (group.kind) {
    case 'everyone':
      return t('group.everyone');
    case 'own': {
      const found = ownGroupOf(group, own);
      return found === undefined ? t('group.gone') : nameOfOwn(t, found);
    }
    case 'department':
    case 'context':
      return group.name === '' ? t('group.no-department') : group.name;
  }
}

/** The same for the same part of the board, and for no other, whatever its name. */
export function keyOf(group: Group): string {
  switch (group.kind) {
    case 'everyone':
      return group.kind;
    case 'own':
      return `own ${group.id}`;
    case 'department':
    case 'context':
      return `${group.kind} ${group.name}`;
  }
}

/** Tells of a row whether it belongs to the group. */
export function membership(group: Group, own: OwnGroups): (row: ExtensionRow) => boolean {
  switch (group.kind) {
    case 'everyone':
      return () => true;
    case 'own': {
      const members = new Set(ownGroupOf(group, own)?.members);
      return ({ id }) => members.has(id);
    }
    case 'department':
      return ({ person }) => person.department === group.name;
    case 'context':
      return ({ context }) => context === group.name;
  }
}

/**
 * Who is in the group and on the board: an own group in the order that its account chose, every other one in the
 * board's order, which is that of `ordered`.
 */
export function idsOfGroup(
  group: Group,
  ordered: readonly string[],
  rows: ReadonlyMap<string, ExtensionRow>,
  own: OwnGroups,
): readonly string[] {
  if (group.kind === 'everyone') return ordered;
  if (group.kind === 'own') return (ownGroupOf(group, own)?.members ?? []).filter((id) => rows.has(id));
  const belongs = membership(group, own);
  return ordered.filter((id) => {
    const row = rows.get(id);
    return row !== undefined && belongs(row);
  });
}

const countBy = (rows: Iterable<ExtensionRow>, nameOf: (row: ExtensionRow) => string) => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = nameOf(row);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

/** By name, as the language sorts; who has no department stands last. */
function byName(locale: string) {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return ([a]: [string, number], [b]: [string, number]) =>
    a === '' || b === '' ? Number(a === '') - Number(b === '') : collator.compare(a, b);
}

/** `locale` is a BCP 47 tag. */
export function groupsOf(rows: ReadonlyMap<string, ExtensionRow>, own: OwnGroups, locale: string): Groups {
  const departments = countBy(rows.values(), (row) => row.person.department);
  const contexts = countBy(rows.values(), (row) => row.context);
  const named = [...departments.keys()].some((name) => name !== '');
  const owned = own.map(({ id, members }): GroupCount => ({
    group: { kind: 'own', id },
    count: members.filter((member) => rows.has(member)).length,
  }));
  const parts = (kind: 'department' | 'context', counts: ReadonlyMap<string, number>) =>
    [...counts]
      .toSorted(byName(locale))
      .map(([name, count]): GroupCount => ({ group: { kind, name }, count }));
  return {
    total: rows.size,
    owned,
    departments: named ? parts('department', departments) : [],
    contexts: contexts.size > 1 ? parts('context', contexts) : [],
  };
}

const sameCounts = (a: readonly GroupCount[], b: readonly GroupCount[]) =>
  a.length === b.length &&
  a.every(({ group, count }, index) => {
    const other = b[index];
    return other !== undefined && keyOf(group) === keyOf(other.group) && count === other.count;
  });

export function sameGroups(a: Groups, b: Groups): boolean {
  return (
    a.total === b.total &&
    sameCounts(a.owned, b.owned) &&
    sameCounts(a.departments, b.departments) &&
    sameCounts(a.contexts, b.contexts)
  );
}
