import { normalizeText } from './select/normalize-text.ts';
import { matchSpans } from './select/match-spans.ts';
import type { Extension } from '@lampboard/protocol';
import { type ReactNode, createContext, useContext } from 'react';
import { firstLine } from './accessible-name.ts';

/** The normalized search terms of the board; empty without a search. */
export const SearchTermsContext = createContext<readonly string[]>([]);

export function HighlightedText({ text }: { text: string }): ReactNode {
  const terms = useContext(SearchTermsContext);
  if (terms.length === 0) return text;
  const parts: ReactNode[] = [];
  let end = 0;
  for (const [from, to] of matchSpans(text, terms)) {
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

/** Characters before a match beyond which the line is cut. */
const MAX_CHARACTERS_BEFORE_MATCH = 20;

/** Returns the line of the message that the search matches, else the department where that matches, else the first line. */
export function useMessagePreview(extension: Extension, options?: { withDepartment: boolean }): string {
  const { exten, person, presence } = extension;
  const terms = useContext(SearchTermsContext);
  const message = presence?.message ?? '';
  const first = firstLine(message);
  if (terms.length === 0) return first;
  const visibleText = normalizeText(`${exten} ${person.name} ${presence?.subtype ?? ''}`);
  const remainingTerms = terms.filter((term) => !visibleText.includes(term));
  if (remainingTerms.length === 0) return first;
  const line = message.split('\n').find((text) => matchSpans(text, remainingTerms).length > 0);
  if (line === undefined) {
    const matchesDepartment =
      options?.withDepartment === true && matchSpans(person.department, remainingTerms).length > 0;
    return matchesDepartment ? person.department : first;
  }
  const [start] = matchSpans(line, remainingTerms)[0] ?? [0];
  return start > MAX_CHARACTERS_BEFORE_MATCH
    ? `…${line.slice(line.lastIndexOf(' ', start - 2) + 1).trim()}`
    : line.trim();
}
