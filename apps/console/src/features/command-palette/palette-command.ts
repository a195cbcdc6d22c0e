import { normalizeText } from '../../entities/extension/select/normalize-text.ts';
import { searchTerms } from '../../entities/extension/select/search.ts';

export interface PaletteCommand {
  readonly id: string;
  /** Such as “Group”. */
  readonly kind: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/**
 * Finds the commands with a word beginning with each query word; all of them for an empty query. An exact match
 * comes first.
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
