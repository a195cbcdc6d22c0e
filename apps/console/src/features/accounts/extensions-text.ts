import { ownExtension } from '@lampboard/protocol';
import { whoText } from '../../extension/extension-words.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Rows } from '../../live/use-board-value.ts';

/** What the extensions typed for an account stand for, or why they stand for nothing. */
export type ExtensionsRead =
  | { readonly ok: true; readonly extensions: readonly string[] }
  | { readonly ok: false; readonly why: string };

/** How many extensions one account may call its own. */
const MOST = 20;

function readOne(t: Translate, typed: string, rows: Rows): { id: string } | { why: string } {
  if (rows.has(typed)) return { id: typed };
  const ids = [...rows.values()].filter(({ exten }) => exten === typed).map(({ id }) => id);
  const [id, other] = ids;
  if (id === undefined) return readUnknown(t, typed);
  if (other === undefined) return { id };
  const either = new Intl.ListFormat(t.locale, { type: 'disjunction' }).format(ids);
  return { why: t('accounts.several-contexts', { typed, ids: either }) };
}

/** An extension that the board doesn't have at the moment may be written in full. */
function readUnknown(t: Translate, typed: string): { id: string } | { why: string } {
  if (!typed.includes('@')) return { why: t('accounts.not-on-board', { typed }) };
  const id = ownExtension.safeParse(typed);
  return id.success ? { id: id.data } : { why: t('accounts.no-extension', { typed }) };
}

/** Numbers, or `exten@context`, by commas or spaces. A number alone stands for the only hint of the board that has it. */
export function readExtensions(t: Translate, text: string, rows: Rows): ExtensionsRead {
  const extensions = new Set<string>();
  for (const typed of text.split(/[\s,;]+/u)) {
    if (typed === '') continue;
    const read = readOne(t, typed, rows);
    if ('why' in read) return { ok: false, why: read.why };
    extensions.add(read.id);
  }
  if (extensions.size > MOST) return { ok: false, why: t('accounts.too-many-extensions', { most: MOST }) };
  return { ok: true, extensions: [...extensions] };
}

/** What is being typed: the last of several. */
export function lastTyped(text: string): string {
  return text.slice(text.search(/[^,;]*$/u)).trim();
}

/** The same text with an extension in place of the last one, ready for the next. */
export function withLast(text: string, id: string): string {
  const before = text.slice(0, text.search(/[^,;]*$/u)).trimEnd();
  return `${before}${before === '' ? '' : ' '}${id}, `;
}

/** Whose extensions these are, as the board calls them; the empty string where it knows none. */
export function namesOf(extensions: readonly string[], rows: Rows, repeated: ReadonlySet<string>): string {
  return extensions
    .map((id) => rows.get(id))
    .filter((row) => row !== undefined)
    .map((row) => whoText(row, repeated.has(row.exten) ? row.context : null))
    .join(', ');
}
