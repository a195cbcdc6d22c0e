import { fold, wordsOf } from '@lampboard/board';

/** Something that the page can do, by name. */
export interface PaletteCommand {
  readonly id: string;
  /** What kind of thing it is, such as “Group”. */
  readonly kind: string;
  readonly words: string;
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
): { readonly found: readonly PaletteCommand[]; readonly meant: boolean } {
  const wanted = wordsOf(query);
  const found = commands.filter(({ kind, words }) => {
    const has = ` ${fold(`${kind} ${words}`)}`;
    return wanted.every((word) => has.includes(` ${word}`));
  });
  const isMeant = ({ words }: PaletteCommand) => wordsOf(words).join(' ') === wanted.join(' ');
  return {
    found: found.toSorted((a, b) => Number(isMeant(b)) - Number(isMeant(a))),
    meant: found.some(isMeant),
  };
}
