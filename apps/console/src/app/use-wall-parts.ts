import { BY_NUMBER } from '@lampboard/board';
import { useMemo } from 'react';
import { EVERYONE, type Group, groupsOf, idsOfGroup, keyOf, labelOf } from '../features/groups/groups.ts';
import type { WallPart } from '../features/wall/paging.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { type Rows, useBoardValue } from '../live/use-board-value.ts';
import { useOwnGroups } from '../own/own-context.tsx';

const sameRows = (rows: Rows) => rows;

/** Whether every extension is there still, and where it was; what it does is of no interest. */
function inPlace(a: Rows, b: Rows): boolean {
  if (a.size !== b.size) return false;
  for (const [id, { person }] of b) if (a.get(id)?.person !== person) return false;
  return true;
}

/**
 * The groups asked for by name, in that order: ids of the account's own, `favourites` among them, departments or
 * contexts, or `everyone`; without any, every department, or everyone. Groups of nobody are left out.
 */
export function useWallParts(wanted: readonly string[]): readonly WallPart[] {
  const t = useT();
  const own = useOwnGroups();
  const rows = useBoardValue(sameRows, inPlace);

  return useMemo(() => {
    const { departments, contexts } = groupsOf(rows, own, t.locale);
    const all = (departments.length > 0 ? departments : contexts).map(({ group }) => group);
    const named = (name: string): readonly Group[] => {
      if (own.some(({ id }) => id === name)) return [{ kind: 'own', id: name }];
      const among = all.filter((group) => 'name' in group && group.name === name);
      if (among.length > 0) return among;
      return [name === EVERYONE.kind ? EVERYONE : { kind: 'context', name }];
    };
    const groups = wanted.length > 0 ? wanted.flatMap(named) : all;
    const ordered = [...rows.values()].toSorted(BY_NUMBER.compare).map(({ id }) => id);
    return (groups.length > 0 ? groups : [EVERYONE])
      .map((group) => ({
        key: keyOf(group),
        title: labelOf(t, group, own),
        ids: idsOfGroup(group, ordered, rows, own),
      }))
      .filter(({ ids }) => ids.length > 0);
  }, [t, own, rows, wanted]);
}
