import { parseCriteria } from './match-criteria.ts';
import {
  type EventFilter,
  type FilterParse,
  FILTER_FORMAT,
  FILTER_SYNTAX,
  posixExpression,
} from './posix-expression.ts';

/** Reads `[!]regex`, with `MatchCriteria` where it is given (Asterisk 22). */
export function parseFilter(text: string, criteria = ''): FilterParse {
  if (criteria !== '') return parseCriteria(text, criteria);
  const exclude = text.startsWith('!');
  const source = exclude ? text.slice(1) : text;
  if (source === '') return { ok: false, message: FILTER_FORMAT };
  const expression = posixExpression(source);
  if (!expression) return { ok: false, message: FILTER_SYNTAX };
  return { ok: true, filter: { exclude, matches: (event) => expression.test(event) } };
}

/** Whether an event goes to a session: nothing excludes it and, where anything includes, something includes it. */
export function passes(filters: readonly EventFilter[], text: string): boolean {
  let including = false;
  let included = false;
  for (const { exclude, matches } of filters) {
    if (exclude && matches(text)) return false;
    if (!exclude) {
      including = true;
      included ||= matches(text);
    }
  }
  return included || !including;
}
