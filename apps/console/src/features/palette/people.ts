import { type Hit, createSearch, fold, wordsOf } from '@lampboard/board';
import type { Rows } from '../../live/use-board-value.ts';

interface People {
  /** Whom these words find: the whole number first, then who is called so, then who is mentioned; each in the board's order. */
  find: (query: string, rows: Rows) => readonly string[];
  /** The same for setting them: who is merely mentioned is not meant where anybody is called so. */
  findCalled: (query: string, rows: Rows) => readonly string[];
  /** Whether a word of somebody's name begins so. */
  isCalled: (query: string, rows: Rows) => boolean;
  /** Whether somebody's name holds all these words, the last one whole or as the beginning of a word. */
  isName: (words: readonly string[], whole: boolean, rows: Rows) => boolean;
}

/** So many are shown at most. */
const MOST = 8;

const firstOf = (hits: readonly Hit[]) => hits.slice(0, MOST).map(({ row }) => row.id);

/** Remembers what it has read of everybody for as long as they say the same. */
export function createPeople(): People {
  const { rank } = createSearch();
  return {
    find: (query, rows) => firstOf(rank(query, rows.values())),
    findCalled: (query, rows) => {
      const called = rank(query, rows.values(), 'called');
      return firstOf(called.length > 0 ? called : rank(query, rows.values()));
    },
    isCalled: (query, rows) => {
      const begins = ` ${wordsOf(query).join(' ')}`;
      return [...rows.values()].some(({ person }) => ` ${fold(person.name)}`.includes(begins));
    },
    isName: (words, whole, rows) => {
      const last = ` ${wordsOf(words.at(-1) ?? '').at(-1) ?? ''}${whole ? ' ' : ''}`;
      return rank(words.join(' '), rows.values(), 'part').some(({ row: { person } }) =>
        ` ${fold(`${person.name} ${person.department}`)} `.includes(last),
      );
    },
  };
}
