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

/** Those whose words begin with every word of the query, in any order; all of them without one. */
export function findCommands(query: string, commands: readonly PaletteCommand[]): readonly PaletteCommand[] {
  const wanted = wordsOf(query);
  return commands.filter(({ kind, words }) => {
    const has = ` ${fold(`${kind} ${words}`)}`;
    return wanted.every((word) => has.includes(` ${word}`));
  });
}
