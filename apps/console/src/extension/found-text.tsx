import { fold, spansOf } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext } from 'react';
import { firstLine } from './extension-words.ts';

/** The folded words that the board is searched for; none where it is not. */
export const SearchWords = createContext<readonly string[]>([]);

/** A text in which the words searched for are marked. */
export function FoundText({ text }: { text: string }): ReactNode {
  const words = useContext(SearchWords);
  if (words.length === 0) return text;
  const parts: ReactNode[] = [];
  let end = 0;
  for (const [from, to] of spansOf(text, words)) {
    parts.push(text.slice(end, from), <mark key={from}>{text.slice(from, to)}</mark>);
    end = to;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}

/** Characters before a hit from where on the line is shown from near the hit. */
const MAX_BEFORE = 20;

/**
 * The one line that is shown of a message: the first, or that in which a search has found something; with `withDepartment`
 * the department, where it has found that.
 */
export function useShownLine(row: ExtensionRow, options?: { withDepartment: boolean }): string {
  const { exten, person, presence } = row;
  const words = useContext(SearchWords);
  const message = presence?.message ?? '';
  const first = firstLine(message);
  if (words.length === 0) return first;
  const shown = fold(`${exten} ${person.name} ${presence?.subtype ?? ''}`);
  const others = words.filter((word) => !shown.includes(word));
  if (others.length === 0) return first;
  const line = message.split('\n').find((text) => spansOf(text, others).length > 0);
  if (line === undefined) {
    const isOther = options?.withDepartment === true && spansOf(person.department, others).length > 0;
    return isOther ? person.department : first;
  }
  const [start] = spansOf(line, others)[0] ?? [0];
  return start > MAX_BEFORE ? `…${line.slice(line.lastIndexOf(' ', start - 2) + 1).trim()}` : line.trim();
}
