import { type Extension, FAVOURITES, type UserGroup } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** `name`: a department or dialplan context; `id`: a group of the user. */
export type Group =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export type GroupCount = Readonly<{ group: Group; count: number }>;

export const ALL_EXTENSIONS: Group = { kind: 'everyone' };

type UserGroups = readonly UserGroup[];

/** Returns undefined for a deleted group. */
export const findUserGroup = (group: Group, userGroups: UserGroups): UserGroup | undefined =>
  group.kind === 'user' ? userGroups.find(({ id }) => id === group.id) : undefined;

export const userGroupLabel = (t: Translate, { id, name }: UserGroup): string =>
  id === FAVOURITES ? t('group.favourites') : name;

export function groupLabel(t: Translate, group: Group, userGroups: UserGroups): string {
  if (group.kind === 'everyone') return t('group.everyone');
  if (group.kind !== 'user') return group.name === '' ? t('group.no-department') : group.name;
  const found = findUserGroup(group, userGroups);
  return found === undefined ? t('group.deleted') : userGroupLabel(t, found);
}

/** Unique per group, whatever its name. */
export function groupKey(group: Group): string {
  if (group.kind === 'everyone') return group.kind;
  return `${group.kind} ${group.kind === 'user' ? group.id : group.name}`;
}

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

/** Returns the members on the board: of a user's group in its own order, else in the order of `ordered`. */
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

const countBy = (extensions: ReadonlyMap<string, Extension>, nameOf: (extension: Extension) => string) => {
  const counts = new Map<string, number>();
  for (const name of [...extensions.values()].map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** By name in the language's order, no department last. */
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
) {
  const departments = countBy(extensions, ({ person }) => person.department);
  const contexts = countBy(extensions, ({ context }) => context);
  const named = [...departments.keys()].some(Boolean);
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
    /** Favourites first. */
    userGroupCounts,
    /** Empty where the directory has none. */
    departments: named ? parts('department', departments) : [],
    /** Empty where there is only one. */
    contexts: contexts.size > 1 ? parts('context', contexts) : [],
  };
}
