import { type Extension, FAVOURITES, type UserGroup, isOfPbx, pbxIdOfExtension } from '@lampboard/protocol';
import type { PbxNames } from '../../data/socket/connection-state.ts';
import type { Translate } from '../../i18n/translate.ts';
import { GROUPED_KINDS, type GroupedKind, isLine } from '../kind/kinds.ts';

/** `name`: a department, a dialplan context or a kind of entries; `id`: a group of the user, or a PBX of several. */
export type Group =
  /** Everyone: people, rooms and what no kind fits. */
  | { readonly kind: 'everyone' }
  /** All functions and rooms, with the calls in them. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'kind'; readonly name: GroupedKind }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'pbx'; readonly id: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export type GroupCount = Readonly<{ group: Group; count: number }>;

export const ALL_EXTENSIONS: Group = { kind: 'everyone' };
export const ALL_LINES: Group = { kind: 'lines' };

type UserGroups = readonly UserGroup[];

/** Returns the kind of a group's members; null for a group of people. */
export const kindOfGroup = (group: Group): GroupedKind | null => (group.kind === 'kind' ? group.name : null);

/** True unless its members are functions: filters are for people. */
export const isOfPeople = ({ kind }: Group): boolean => kind !== 'kind' && kind !== 'lines';

/** Returns undefined for a deleted group. */
export const findUserGroup = (group: Group, userGroups: UserGroups): UserGroup | undefined =>
  group.kind === 'user' ? userGroups.find(({ id }) => id === group.id) : undefined;

export const userGroupLabel = (t: Translate, { id, name }: UserGroup): string =>
  id === FAVOURITES ? t('group.favourites') : name;

export function groupLabel(t: Translate, group: Group, userGroups: UserGroups, pbxs: PbxNames): string {
  if (group.kind === 'everyone') return t('group.everyone');
  if (group.kind === 'lines') return t('group.lines');
  if (group.kind === 'pbx') return pbxs.get(group.id)?.name ?? group.id;
  if (group.kind === 'kind') return t(`kinds.${group.name}`);
  if (group.kind !== 'user') return group.name === '' ? t('group.no-department') : group.name;
  const found = findUserGroup(group, userGroups);
  return found === undefined ? t('group.deleted') : userGroupLabel(t, found);
}

/** Unique per group, whatever its name. */
export function groupKey(group: Group): string {
  if (group.kind === 'everyone' || group.kind === 'lines') return group.kind;
  return `${group.kind} ${'id' in group ? group.id : group.name}`;
}

export function isMember(group: Group, userGroups: UserGroups): (extension: Extension) => boolean {
  switch (group.kind) {
    case 'everyone':
      return (extension) => !isLine(extension);
    case 'lines':
      return (extension) => isLine(extension) || extension.kind === 'room';
    case 'kind':
      return ({ kind }) => kind === group.name;
    case 'user': {
      const members = new Set(findUserGroup(group, userGroups)?.members);
      return ({ id }) => members.has(id);
    }
    case 'pbx':
      return (extension) => isOfPbx(extension.id, group.id) && !isLine(extension);
    case 'department':
      return (extension) => extension.person.department === group.name && !isLine(extension);
    case 'context':
      return (extension) => extension.context === group.name && !isLine(extension);
  }
}

/** Returns the members on the board: of a user's group in its own order, else in the order of `ordered`. */
export function groupMemberIds(
  group: Group,
  ordered: readonly string[],
  extensions: ReadonlyMap<string, Extension>,
  userGroups: UserGroups,
): readonly string[] {
  if (group.kind === 'user')
    return (findUserGroup(group, userGroups)?.members ?? []).filter((id) => extensions.has(id));
  const isInGroup = isMember(group, userGroups);
  const members = ordered.filter((id) => {
    const extension = extensions.get(id);
    return extension !== undefined && isInGroup(extension);
  });
  // The same list where all are members, so that nothing is compared again.
  return members.length === ordered.length ? ordered : members;
}

const countBy = (extensions: readonly Extension[], nameOf: (extension: Extension) => string) => {
  const counts = new Map<string, number>();
  for (const name of extensions.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
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
  pbxs: PbxNames,
  locale: string,
) {
  const all = [...extensions.values()];
  const people = all.filter((extension) => !isLine(extension));
  const departments = countBy(people, ({ person }) => person.department);
  const contexts = countBy(people, ({ context }) => context);
  const slots = all.filter(({ lot }) => lot !== true);
  // A lot stands for slots that are counted themselves.
  const kinds = new Map([...countBy(all, ({ kind }) => kind), ...countBy(slots, ({ kind }) => kind)]);
  const perPbx = countBy(people, pbxIdOfExtension);
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
    total: people.length,
    /** Those that the board has. */
    kinds: GROUPED_KINDS.flatMap((name): GroupCount[] => {
      const count = kinds.get(name);
      return count === undefined ? [] : [{ group: { kind: 'kind', name }, count }];
    }),
    /** Favourites first. */
    userGroupCounts,
    /** Empty where there is only one. */
    pbxs: Array.from(pbxs.keys(), (id): GroupCount => ({
      group: { kind: 'pbx', id },
      count: perPbx.get(id) ?? 0,
    })),
    /** Empty where the directory has none. */
    departments: named ? parts('department', departments) : [],
    /** Empty where there is only one. */
    contexts: contexts.size > 1 ? parts('context', contexts) : [],
  };
}
