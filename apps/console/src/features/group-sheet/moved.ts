/** The same list with one of it at another place, counted from 0. */
export function moved(ids: readonly string[], id: string, place: number): readonly string[] {
  const rest = ids.filter((other) => other !== id);
  return rest.length === ids.length ? ids : rest.toSpliced(place, 0, id);
}
