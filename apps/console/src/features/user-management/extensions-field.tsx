import { assignedExtension } from '@lampboard/protocol';
import { numberAndName } from '../../entities/extension/accessible-name.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { useCallback, useState } from 'react';
import { createMemberSearch, sameResult } from '../../entities/extension/member-search.ts';
import { useResultList } from '../../entities/extension/result-list.tsx';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** What the extensions typed for an account stand for, or why they stand for nothing. */
export type ExtensionsResult =
  | { readonly ok: true; readonly extensions: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** How many extensions one account may call its own. */
const MAX_EXTENSIONS = 20;

function parseOne(
  t: Translate,
  typed: string,
  extensionsById: Extensions,
): { id: string } | { reason: string } {
  if (extensionsById.has(typed)) return { id: typed };
  const ids = [...extensionsById.values()].filter(({ exten }) => exten === typed).map(({ id }) => id);
  const [id, other] = ids;
  if (id === undefined) return parseFullId(t, typed);
  if (other === undefined) return { id };
  const either = new Intl.ListFormat(t.locale, { type: 'disjunction' }).format(ids);
  return { reason: t('accounts.several-contexts', { typed, ids: either }) };
}

/** An extension that the board doesn't have at the moment may be written in full. */
function parseFullId(t: Translate, typed: string): { id: string } | { reason: string } {
  if (!typed.includes('@')) return { reason: t('accounts.not-on-board', { typed }) };
  const id = assignedExtension.safeParse(typed);
  return id.success ? { id: id.data } : { reason: t('accounts.no-extension', { typed }) };
}

/** Numbers, or `exten@context`, by commas or spaces. A number alone stands for the only hint of the board that has it. */
export function parseExtensions(t: Translate, text: string, extensionsById: Extensions): ExtensionsResult {
  const extensions = new Set<string>();
  for (const typed of text.split(/[\s,;]+/u)) {
    if (typed === '') continue;
    const result = parseOne(t, typed, extensionsById);
    if ('reason' in result) return { ok: false, reason: result.reason };
    extensions.add(result.id);
  }
  if (extensions.size > MAX_EXTENSIONS)
    return { ok: false, reason: t('accounts.too-many-extensions', { most: MAX_EXTENSIONS }) };
  return { ok: true, extensions: [...extensions] };
}

/** What is being typed: the last of several. */
function lastTyped(text: string): string {
  return text.slice(text.search(/[^,;]*$/u)).trim();
}

/** The same text with an extension in place of the last one, ready for the next. */
function withLast(text: string, id: string): string {
  const before = text.slice(0, text.search(/[^,;]*$/u)).trimEnd();
  return `${before}${before === '' ? '' : ' '}${id}, `;
}

/** Whose extensions these are, as the board calls them; the empty string where it knows none. */
export function extensionNames(
  extensions: readonly string[],
  extensionsById: Extensions,
  repeated: ReadonlySet<string>,
): string {
  return extensions
    .map((id) => extensionsById.get(id))
    .filter((extension) => extension !== undefined)
    .map((extension) => numberAndName(extension, repeated.has(extension.exten) ? extension.context : null))
    .join(', ');
}

interface ExtensionsFieldProps {
  note: string;
  invalid: boolean;
  value: string;
  onValueChange: (text: string) => void;
}

/** Extensions by commas: whoever is meant by the last one is found on the board by number or name. */
export function ExtensionsField({ note, invalid, value, onValueChange }: ExtensionsFieldProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const [search] = useState(createMemberSearch);
  const query = isOpen ? lastTyped(value) : '';
  const find = useCallback((extensions: Extensions) => search(query, extensions, []), [search, query]);
  const { ids } = useBoardValue(find, sameResult);

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
        label={t('accounts.extensions')}
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
