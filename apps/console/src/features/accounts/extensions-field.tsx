import { assignedExtension } from '@lampboard/protocol';
import { numberAndName } from '../../entities/extension/accessible-name.ts';
import type { Distinctions } from '../../data/socket/distinctions.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useCallback, useState } from 'react';
import { numberOf } from '../../entities/extension/select/search.ts';
import { createMemberSearch } from '../../entities/extension/member-search.ts';
import { useResultList } from '../../entities/extension/result-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** The parsed extension ids, or the reason why they are invalid. */
type ExtensionsResult =
  | { readonly ok: true; readonly extensions: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Of one account. */
const MAX_EXTENSIONS = 20;

function parseOne(
  t: Translate,
  typed: string,
  extensionsById: Extensions,
): { id: string } | { reason: string } {
  if (extensionsById.has(typed)) return { id: typed };
  const all = [...extensionsById.values()];
  const known = all.filter(({ exten }) => exten === typed).map(({ id }) => id);
  const further = () => all.flatMap(({ aliases = [] }) => aliases.filter((id) => numberOf(id) === typed));
  const ids = known.length > 0 ? known : further();
  const [id, other] = ids;
  if (id === undefined) return parseFullId(t, typed);
  if (other === undefined) return { id };
  const either = new Intl.ListFormat(t.locale, { type: 'disjunction' }).format(ids);
  return { reason: t('accounts.several-contexts', { text: typed, ids: either }) };
}

/** Parses `exten@context`, which need not be on the board at the moment. */
function parseFullId(t: Translate, typed: string): { id: string } | { reason: string } {
  if (!typed.includes('@')) return { reason: t('accounts.not-on-board', { text: typed }) };
  const id = assignedExtension.safeParse(typed);
  return id.success ? { id: id.data } : { reason: t('accounts.no-extension', { text: typed }) };
}

/** Parses numbers or `exten@context`, separated by commas or spaces. A number must belong to exactly one hint. */
export function parseExtensions(t: Translate, text: string, extensionsById: Extensions): ExtensionsResult {
  const extensions = new Set<string>();
  for (const typed of text.split(/[\s,;]+/u)) {
    if (typed === '') continue;
    const result = parseOne(t, typed, extensionsById);
    if ('reason' in result) return { ok: false, reason: result.reason };
    extensions.add(result.id);
  }
  if (extensions.size > MAX_EXTENSIONS)
    return { ok: false, reason: t('accounts.too-many-extensions', { max: MAX_EXTENSIONS }) };
  return { ok: true, extensions: [...extensions] };
}

/** Returns the last of several, which is being typed. */
function lastTyped(text: string): string {
  return text.slice(text.search(/[^,;]*$/u)).trim();
}

/** Replaces the last one by an id, ready for the next. */
function withLast(text: string, id: string): string {
  const before = text.slice(0, text.search(/[^,;]*$/u)).trimEnd();
  return `${before}${before === '' ? '' : ' '}${id}, `;
}

/** Returns the names of the extensions on the board; empty if it has none of them. */
export function extensionNames(
  extensions: readonly string[],
  extensionsById: Extensions,
  distinctions: Distinctions,
): string {
  return extensions
    .map((id) => extensionsById.get(id))
    .filter((extension) => extension !== undefined)
    .map((extension) => numberAndName(extension, distinctions.get(extension.id)))
    .join(', ');
}

interface ExtensionsFieldProps {
  note: string;
  invalid: boolean;
  value: string;
  onValueChange: (text: string) => void;
}

/** Comma-separated extensions, with a combobox for the last one. */
export function ExtensionsField({ note, invalid, value, onValueChange }: ExtensionsFieldProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const [search] = useState(createMemberSearch);
  const query = isOpen ? lastTyped(value) : '';
  const find = useCallback((extensions: Extensions) => search(query, extensions, []), [search, query]);
  const { ids } = useBoardValue(find);

  const close = () => setIsOpen(false);
  const combobox = useResultList({
    ids,
    shouldIgnore: () => ids.length === 0,
    onAdd(id) {
      close();
      onValueChange(withLast(value, id));
    },
    onClose: close,
  });
  const onType = (text: string) => {
    setIsOpen(true);
    combobox.reset();
    onValueChange(text);
  };

  return (
    <div className="extensions-field">
      <TextField
        label={t('board.extensions')}
        {...combobox.field}
        invalid={invalid}
        note={note}
        value={value}
        onValueChange={onType}
        onBlur={close}
      />
      {combobox.list}
    </div>
  );
}
