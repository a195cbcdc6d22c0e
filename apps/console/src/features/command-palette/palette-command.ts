import { normalizeText } from '../../entities/extension/select/normalize-text.ts';
import { searchTerms } from '../../entities/extension/select/search.ts';

/** Something that the page can do, by name. */
export interface PaletteCommand {
  readonly id: string;
  /** What kind of thing it is, such as “Group”. */
  readonly kind: string;
  readonly label: string;
  /** The binding that does the same, as the table of keys writes it. */
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/**
 * Those whose words begin with every word of the query, in any order; all of them without one. Where the query is the
 * whole name of one, that is `meant`, and comes first.
 */
export function findCommands(
  query: string,
  commands: readonly PaletteCommand[],
): { readonly found: readonly PaletteCommand[]; readonly exact: boolean } {
  const queryWords = searchTerms(query);
  const found = commands.filter(({ kind, label }) => {
    const searchText = ` ${normalizeText(`${kind} ${label}`)}`;
    return queryWords.every((queryWord) => searchText.includes(` ${queryWord}`));
  });
  const isExactMatch = ({ label }: PaletteCommand) => searchTerms(label).join(' ') === queryWords.join(' ');
  return {
    found: found.toSorted((a, b) => Number(isExactMatch(b)) - Number(isExactMatch(a))),
    exact: found.some(isExactMatch),
  };
}
