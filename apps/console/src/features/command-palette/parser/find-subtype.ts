import { normalizeText } from '../../../entities/extension/select/normalize-text.ts';
import { type Token, spanText } from './tokens.ts';

const MAX_WORDS = 8;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»', "'": "'" };

export interface FoundSubtype {
  readonly subtype: string;
  readonly tokens: number;
}

/** Reads a leading `#subtype`: a quoted text, else the known subtype with the most matching words, else one word. */
export function findSubtype(
  line: string,
  tokens: readonly Token[],
  known: () => readonly string[],
): FoundSubtype | null {
  const [first] = tokens;
  if (first === undefined || !/^#./u.test(first.text)) return null;
  return (
    quoted(line, tokens) ?? longestKnown(line, tokens, known()) ?? { subtype: first.text.slice(1), tokens: 1 }
  );
}

/** Reads a trailing `#subtype`; `#3` may be a number of the message. */
export function lastSubtype(
  line: string,
  tokens: readonly Token[],
  known: () => readonly string[],
): FoundSubtype | null {
  const index = tokens.findLastIndex(({ text }) => /^#[^\d#]/u.test(text));
  const found = index === -1 ? null : findSubtype(line, tokens.slice(index), known);
  return found !== null && index + found.tokens === tokens.length ? found : null;
}

function quoted(line: string, tokens: readonly Token[]): FoundSubtype | null {
  const closing = CLOSING[tokens[0]?.text[1] ?? ''];
  if (closing === undefined) return null;
  const end = tokens.findIndex(({ text }, index) => text.endsWith(closing) && (index > 0 || text.length > 2));
  if (end === -1) return null;
  const subtype = spanText(line, tokens.slice(0, end + 1))
    .slice(2, -1)
    .trim();
  return subtype === '' ? null : { subtype, tokens: end + 1 };
}

const folded = (text: string) => normalizeText(text).trim().replaceAll(/\s+/gu, ' ');

function longestKnown(line: string, tokens: readonly Token[], known: readonly string[]): FoundSubtype | null {
  for (let count = Math.min(MAX_WORDS, tokens.length); count > 0; count -= 1) {
    const typed = folded(spanText(line, tokens.slice(0, count)).slice(1));
    const candidates = known.filter((subtype) => folded(subtype).startsWith(typed));
    const subtype = candidates.find((each) => folded(each) === typed) ?? candidates[0];
    if (subtype !== undefined) return { subtype, tokens: count };
  }
  return null;
}
