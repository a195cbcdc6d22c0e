import type { ExtensionRow } from '@lampboard/protocol';
import { fold } from './fold.ts';
import { BY_NUMBER } from './order.ts';

/** Number, name, department (`who`), and what the person says (`says`), folded. */
interface Folded {
  readonly number: string;
  readonly who: string;
  readonly says: string;
}

export interface Found {
  /** By how well they are hit, and among equals in the order that was given. */
  readonly ids: readonly string[];
  /** The hit that Enter opens: the first of the best, a number or name before a mere mention; null without a hit. */
  readonly best: string | null;
}

/** How well a row is hit: by its whole number, by beginnings of its words, inside of them, or by what it says. */
export type Rank = 'number' | 'called' | 'part' | 'mentioned';
const RANKS: readonly Rank[] = ['number', 'called', 'part', 'mentioned'];

export interface Hit {
  readonly row: ExtensionRow;
  readonly rank: Rank;
}

interface Search {
  find: (query: string, rows: Iterable<ExtensionRow>) => Found;
  /** The hits of such a rank or a better one, the best ranks first, each in the board's own order; none without a word. */
  rank: (query: string, rows: Iterable<ExtensionRow>, least?: Rank) => readonly Hit[];
}

/** The words that all have to be found, in any order. */
export function wordsOf(query: string): readonly string[] {
  return fold(query).split(/\s+/u).filter(Boolean);
}

const startsAWord = (text: string, word: string) => text.startsWith(word) || text.includes(` ${word}`);

function rankOf({ number, who, says }: Folded, words: readonly string[]): Rank | null {
  if (!words.every((word) => number.includes(word) || who.includes(word) || says.includes(word))) return null;
  if (words.length === 1 && words[0] === number) return 'number';
  if (words.every((word) => number.startsWith(word) || startsAWord(who, word))) return 'called';
  return words.every((word) => number.includes(word) || who.includes(word)) ? 'part' : 'mentioned';
}

const isBetter = (a: Rank, b: Rank) => RANKS.indexOf(a) < RANKS.indexOf(b);

/** Remembers the folded text of every row for as long as the row says the same. */
export function createSearch(): Search {
  const whoOf = new WeakMap<ExtensionRow['person'], Pick<Folded, 'number' | 'who'>>();
  const saysOf = new WeakMap<NonNullable<ExtensionRow['presence']>, string>();

  const foldedOf = ({ exten, person, presence }: ExtensionRow): Folded => {
    let who = whoOf.get(person);
    if (who === undefined) {
      who = { number: fold(exten), who: fold(`${person.name} ${person.department}`) };
      whoOf.set(person, who);
    }
    if (presence === null) return { ...who, says: '' };
    let says = saysOf.get(presence);
    if (says === undefined) {
      says = fold(`${presence.subtype} ${presence.message}`);
      saysOf.set(presence, says);
    }
    return { ...who, says };
  };

  return {
    find: (query, rows) => {
      const words = wordsOf(query);
      const idsOf: Readonly<Record<Rank, string[]>> = { number: [], called: [], part: [], mentioned: [] };
      for (const row of rows) {
        const rank = rankOf(foldedOf(row), words);
        if (rank !== null) idsOf[rank].push(row.id);
      }
      const ids = RANKS.flatMap((rank) => idsOf[rank]);
      return { ids, best: ids[0] ?? null };
    },
    rank: (query, rows, least = 'mentioned') => {
      const words = wordsOf(query);
      if (words.length === 0) return [];
      const hits: Hit[] = [];
      for (const row of rows) {
        const rank = rankOf(foldedOf(row), words);
        if (rank !== null && !isBetter(least, rank)) hits.push({ row, rank });
      }
      return hits.toSorted(
        (a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || BY_NUMBER.compare(a.row, b.row),
      );
    },
  };
}
