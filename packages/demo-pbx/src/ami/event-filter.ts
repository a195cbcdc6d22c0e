/** `exclude` drops matching events. */
export interface EventFilter {
  exclude: boolean;
  matches: (text: string) => boolean;
}

type FilterResult = { ok: true; filter: EventFilter } | { ok: false; message: string };

const FILTER_FORMAT_ERROR = 'Filter was formatted incorrectly.  Check the syntax of the filter given.';
const FILTER_SYNTAX_ERROR = 'Filter did not compile.  Check the syntax of the filter given.';

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/** Translates an extended POSIX expression; undefined where it does not compile. */
export function compilePosixRegex(source: string): RegExp | undefined {
  const translated = source
    .replace(/\[:([a-z]+):\]/g, (whole, name: string) => POSIX_CLASSES[name] ?? whole)
    // In POSIX an unknown escape is the letter itself: `\r` matches an r, not a CR.
    .replace(/\\(.)/gs, (whole, letter: string) =>
      /[A-Za-z0-9]/.test(letter) && !/[wWsSbB]/.test(letter) ? letter : whole,
    );
  try {
    return new RegExp(translated, 's');
  } catch {
    return undefined;
  }
}

type ValueTest = (value: string) => boolean;

const CRITERION = /^(action|name|header|method)\(([^()]*)\)$/;

function testOf(method: string, text: string): ValueTest | string {
  if (method === 'none') return text === '' ? () => true : FILTER_FORMAT_ERROR;
  if (text === '') return FILTER_FORMAT_ERROR;
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
      const expression = compilePosixRegex(text);
      return expression ? (value) => expression.test(value) : FILTER_SYNTAX_ERROR;
    }
    default:
      return FILTER_FORMAT_ERROR;
  }
}

const headerValue = (text: string, name: string): string | undefined =>
  text
    .split('\r\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);

/** Parses `action(include|exclude),name(Event),header(Name),method(none|exact|starts_with|ends_with|contains|regex)`. */
function parseCriteria(text: string, criteria: string): FilterResult {
  const parts = new Map<string, string>();
  for (const part of criteria.split(',')) {
    const [, key, value] = CRITERION.exec(part.trim()) ?? [];
    if (key === undefined || value === undefined) return { ok: false, message: FILTER_FORMAT_ERROR };
    parts.set(key, value);
  }
  const action = parts.get('action') ?? 'include';
  const test = testOf(parts.get('method') ?? 'none', text);
  if (action !== 'include' && action !== 'exclude') return { ok: false, message: FILTER_FORMAT_ERROR };
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

/** Parses `[!]regex`, or with `MatchCriteria` (Asterisk 22) its text. */
export function parseFilter(text: string, criteria = ''): FilterResult {
  if (criteria !== '') return parseCriteria(text, criteria);
  const exclude = text.startsWith('!');
  const source = exclude ? text.slice(1) : text;
  if (source === '') return { ok: false, message: FILTER_FORMAT_ERROR };
  const expression = compilePosixRegex(source);
  if (!expression) return { ok: false, message: FILTER_SYNTAX_ERROR };
  return { ok: true, filter: { exclude, matches: (event) => expression.test(event) } };
}

/** An event passes if no filter excludes it and, where there are including filters, one includes it. */
export function passes(filters: readonly EventFilter[], text: string): boolean {
  if (filters.some(({ exclude, matches }) => exclude && matches(text))) return false;
  const isIncluded = filters.some(({ exclude, matches }) => !exclude && matches(text));
  return isIncluded || filters.every(({ exclude }) => exclude);
}
