import {
  type EventFilter,
  type FilterParse,
  FILTER_FORMAT,
  FILTER_SYNTAX,
  posixExpression,
} from './posix-expression.ts';

type Test = (value: string) => boolean;

const PART = /^(action|name|header|method)\(([^()]*)\)$/;

function methodTest(method: string, text: string): Test | string {
  if (method === 'none') return text === '' ? () => true : FILTER_FORMAT;
  if (text === '') return FILTER_FORMAT;
  switch (method) {
    case 'exact':
      return (value) => value === text;
    case 'starts_with':
      return (value) => value.startsWith(text);
    case 'ends_with':
      return (value) => value.endsWith(text);
    case 'contains':
      return (value) => value.includes(text);
    case 'regex': {
      const expression = posixExpression(text);
      return expression ? (value) => expression.test(value) : FILTER_SYNTAX;
    }
    default:
      return FILTER_FORMAT;
  }
}

const headerValue = (text: string, name: string): string | undefined =>
  text
    .split('\r\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

/** Reads `action(include|exclude),name(Event),header(Name),method(none|exact|starts_with|ends_with|contains|regex)`. */
export function parseCriteria(text: string, criteria: string): FilterParse {
  const parts = new Map<string, string>();
  for (const piece of criteria.split(',')) {
    const [, key, value] = PART.exec(piece.trim()) ?? [];
    if (key === undefined || value === undefined) return { ok: false, message: FILTER_FORMAT };
    parts.set(key, value);
  }
  const action = parts.get('action') ?? 'include';
  const test = methodTest(parts.get('method') ?? 'none', text);
  if (action !== 'include' && action !== 'exclude') return { ok: false, message: FILTER_FORMAT };
  if (typeof test === 'string') return { ok: false, message: test };
  const name = parts.get('name');
  const header = parts.get('header');
  const matches: EventFilter['matches'] = (event) => {
    if (name !== undefined && headerValue(event, 'Event') !== name) return false;
    if (header === undefined) return test(event);
    const value = headerValue(event, header);
    return value !== undefined && test(value);
  };
  return { ok: true, filter: { exclude: action === 'exclude', matches } };
}
