import type { ExtensionRow } from '@lampboard/protocol';
import type { Translate } from '../../i18n/translate.ts';

/** A part of the board; `name` is a department or a dialplan context. */
export type Group =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'context'; readonly name: string };

export interface GroupCount {
  readonly group: Group;
  readonly count: number;
}

interface Groups {
  readonly total: number;
  /** Departments where the directory names any, else the contexts where there are several, else none. */
  readonly kind: 'department' | 'context' | null;
  readonly parts: readonly GroupCount[];
}

export const EVERYONE: Group = { kind: 'everyone' };

export function labelOf(t: Translate, group: Group): string {
  if (group.kind === 'everyone') return t('group.everyone');
  return group.name === '' ? t('group.no-department') : group.name;
}

/** The same for the same part of the board, and for no other, whatever its name. */
export function keyOf(group: Group): string {
  return group.kind === 'everyone' ? group.kind : `${group.kind} ${group.name}`;
}

export function inGroup({ person, context }: ExtensionRow, group: Group): boolean {
  switch (group.kind) {
    case 'everyone':
      return true;
    case 'department':
      return person.department === group.name;
    case 'context':
      return context === group.name;
  }
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
export function groupsOf(rows: ReadonlyMap<string, ExtensionRow>, locale: string): Groups {
  const departments = countBy(rows.values(), (row) => row.person.department);
  const contexts = countBy(rows.values(), (row) => row.context);
  const named = [...departments.keys()].some((name) => name !== '');
  if (!named && contexts.size < 2) return { total: rows.size, kind: null, parts: [] };
  const kind = named ? 'department' : 'context';
  const parts = [...(named ? departments : contexts)]
    .toSorted(byName(locale))
    .map(([name, count]): GroupCount => ({ group: { kind, name }, count }));
  return { total: rows.size, kind, parts };
}

export function sameGroups(a: Groups, b: Groups): boolean {
  return (
    a.total === b.total &&
    a.kind === b.kind &&
    a.parts.length === b.parts.length &&
    a.parts.every(({ group, count }, index) => {
      const other = b.parts[index];
      return other !== undefined && keyOf(group) === keyOf(other.group) && count === other.count;
    })
  );
}
