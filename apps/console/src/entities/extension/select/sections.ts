import type { Extension } from '@lampboard/protocol';

/** A part of the board with a heading: the favourites, or a department. */
export interface BoardSection {
  /** Null: the favourites. */
  readonly department: string | null;
  readonly ids: readonly string[];
  /** Those of the department that stand among the favourites. */
  readonly above: readonly string[];
}

/** Favourites in their own order, then departments by name, those without one last. Each extension stands once. */
export function sectionsOf(
  extensions: readonly Pick<Extension, 'id' | 'person'>[],
  favourites: readonly string[],
  compareNames: (a: string, b: string) => number,
): readonly BoardSection[] {
  const present = favourites.length === 0 ? null : new Set(extensions.map(({ id }) => id));
  const favouriteIds = favourites.filter((id) => present?.has(id));
  const isFavourite = new Set(favouriteIds);
  const byDepartment = new Map<string, { ids: string[]; above: string[] }>();
  for (const { id, person } of extensions) {
    const { department } = person;
    let members = byDepartment.get(department);
    if (members === undefined) byDepartment.set(department, (members = { ids: [], above: [] }));
    (isFavourite.has(id) ? members.above : members.ids).push(id);
  }
  const departments = [...byDepartment.keys()].toSorted((a, b) =>
    a === '' || b === '' ? Number(a === '') - Number(b === '') : compareNames(a, b),
  );
  const sections = departments.flatMap((department): readonly BoardSection[] => {
    const members = byDepartment.get(department);
    return members === undefined || members.ids.length === 0 ? [] : [{ department, ...members }];
  });
  return favouriteIds.length === 0
    ? sections
    : [{ department: null, ids: favouriteIds, above: [] }, ...sections];
}
