import { type Extension, FAVOURITES, type UserGroup } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** A part of the board; `name` is a department or a dialplan context, `id` a group of the account's own. */
export type Group =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export interface GroupCount {
  readonly group: Group;
  readonly count: number;
}

interface Groups {
  readonly total: number;
  /** The account's own, the favourites first. */
  readonly userGroupCounts: readonly GroupCount[];
  /** None where the directory names none. */
  readonly departments: readonly GroupCount[];
  /** None where there is only one. */
  readonly contexts: readonly GroupCount[];
}

export const ALL_EXTENSIONS: Group = { kind: 'everyone' };

type UserGroups = readonly UserGroup[];

/** The group of the account's own; undefined where it has been removed. */
export function findUserGroup(group: Group, userGroups: UserGroups): UserGroup | undefined {
  return group.kind === 'user' ? userGroups.find(({ id }) => id === group.id) : undefined;
}

/** Whether there is none any more: a link that was kept leads to it. */
export function isDeleted(group: Group, userGroups: UserGroups): boolean {
  return group.kind === 'user' && findUserGroup(group, userGroups) === undefined;
}

export function userGroupLabel(t: Translate, { id, name }: UserGroup): string {
  return id === FAVOURITES ? t('group.favourites') : name;
}

export function groupLabel(t: Translate, group: Group, userGroups: UserGroups): string {
  switch (group.kind) {
    case 'everyone':
      return t('group.everyone');
    case 'user': {
      const found = findUserGroup(group, userGroups);
      return found === undefined ? t('group.gone') : userGroupLabel(t, found);
    }
    case 'department':
    case 'context':
      return group.name === '' ? t('group.no-department') : group.name;
  }
}

/** The same for the same part of the board, and for no other, whatever its name. */
export function groupKey(group: Group): string {
  switch (group.kind) {
    case 'everyone':
      return group.kind;
    case 'user':
      return `own ${group.id}`;
    case 'department':
    case 'context':
      return `${group.kind} ${group.name}`;
  }
}

/** Tells of a row whether it belongs to the group. */
export function isMember(group: Group, userGroups: UserGroups): (extension: Extension) => boolean {
  switch (group.kind) {
    case 'everyone':
      return () => true;
    case 'user': {
      const members = new Set(findUserGroup(group, userGroups)?.members);
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
export function groupMemberIds(
  group: Group,
  ordered: readonly string[],
  extensions: ReadonlyMap<string, Extension>,
  userGroups: UserGroups,
): readonly string[] {
  if (group.kind === 'everyone') return ordered;
  if (group.kind === 'user')
    return (findUserGroup(group, userGroups)?.members ?? []).filter((id) => extensions.has(id));
  const isInGroup = isMember(group, userGroups);
  return ordered.filter((id) => {
    const extension = extensions.get(id);
    return extension !== undefined && isInGroup(extension);
  });
}

const countBy = (extensions: Iterable<Extension>, nameOf: (extension: Extension) => string) => {
  const counts = new Map<string, number>();
  for (const extension of extensions) {
    const name = nameOf(extension);
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
export function countGroups(
  extensions: ReadonlyMap<string, Extension>,
  userGroups: UserGroups,
  locale: string,
): Groups {
  const departments = countBy(extensions.values(), (extension) => extension.person.department);
  const contexts = countBy(extensions.values(), (extension) => extension.context);
  const named = [...departments.keys()].some((name) => name !== '');
  const userGroupCounts = userGroups.map(({ id, members }): GroupCount => ({
    group: { kind: 'user', id },
    count: members.filter((member) => extensions.has(member)).length,
  }));
  const parts = (kind: 'department' | 'context', counts: ReadonlyMap<string, number>) =>
    [...counts]
      .toSorted(byName(locale))
      .map(([name, count]): GroupCount => ({ group: { kind, name }, count }));
  return {
    total: extensions.size,
    userGroupCounts,
    departments: named ? parts('department', departments) : [],
    contexts: contexts.size > 1 ? parts('context', contexts) : [],
  };
}

const sameCounts = (a: readonly GroupCount[], b: readonly GroupCount[]) =>
  a.length === b.length &&
  a.every(({ group, count }, index) => {
    const other = b[index];
    return other !== undefined && groupKey(group) === groupKey(other.group) && count === other.count;
  });

export function sameGroups(a: Groups, b: Groups): boolean {
  return (
    a.total === b.total &&
    sameCounts(a.userGroupCounts, b.userGroupCounts) &&
    sameCounts(a.departments, b.departments) &&
    sameCounts(a.contexts, b.contexts)
  );
}
