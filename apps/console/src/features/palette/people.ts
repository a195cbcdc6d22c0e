import { BY_NUMBER, createSearch, fold, wordsOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import type { Rows } from '../../live/use-board-value.ts';

interface People {
  /** The extensions that these words find: the whole number first, then who is called so, then who is mentioned; each in the board's order. */
  find: (query: string, rows: Rows) => readonly string[];
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  isName: (words: readonly string[], whole: boolean, rows: Rows) => boolean;
}

/** So many are shown at most. */
const MOST = 8;

/** Remembers the folded name of everybody for as long as it is the same. */
export function createPeople(): People {
  const search = createSearch();
  const folded = new WeakMap<ExtensionRow['person'], string>();

  /** Number, name and department, each word after a space, and a space at the end. */
  const whoOf = ({ exten, person }: ExtensionRow): string => {
    let who = folded.get(person);
    if (who === undefined) {
      who = ` ${wordsOf(`${exten} ${person.name} ${person.department}`).join(' ')} `;
      folded.set(person, who);
    }
    return who;
  };

  return {
    find: (query, rows) => {
      const words = wordsOf(query);
      if (words.length === 0) return [];
      const rankOf = (row: ExtensionRow) => {
        const who = whoOf(row);
        if (words.length === 1 && words[0] === fold(row.exten)) return 0;
        return words.every((word) => who.includes(` ${word}`)) ? 1 : 2;
      };
      const hits = search.find(query, rows.values()).ids.flatMap((id) => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ row, rank: rankOf(row) }];
      });
      return hits
        .toSorted((a, b) => a.rank - b.rank || BY_NUMBER.compare(a.row, b.row))
        .slice(0, MOST)
        .map(({ row }) => row.id);
    },
    isName: (words, whole, rows) => {
      const wanted = words.map(fold);
      const last = ` ${wanted.at(-1) ?? ''}${whole ? ' ' : ''}`;
      for (const row of rows.values()) {
        const who = whoOf(row);
        if (who.includes(last) && wanted.every((word) => who.includes(word))) return true;
      }
      return false;
    },
  };
}
