import { resolveEntry } from '@lampboard/model';
import type { DirectoryEntry, DirectoryField } from '@lampboard/protocol';
import { type ReactNode, useRef } from 'react';
import { fieldLabel, fieldText } from '../../entities/directory/field-text.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import {
  type EntryDraft,
  changeField,
  conflictsOf,
  confirmChange,
  resolveDraft,
  undoChange,
  valuesBelow,
} from './entry-draft.ts';

export interface EntryFieldProps {
  entry: DirectoryEntry;
  draft: EntryDraft;
  labelOf: (id: string) => string;
  onDraft: (update: (draft: EntryDraft) => EntryDraft) => void;
}

interface FieldSourceProps extends EntryFieldProps {
  field: DirectoryField;
  children: ReactNode;
}

/** A field with where its value comes from, what stands below it, and a button that takes it back. */
export function FieldSource({ field, children, ...props }: FieldSourceProps) {
  const { entry, draft, labelOf, onDraft } = props;
  const t = useT();
  const container = useRef<HTMLDivElement>(null);
  useFocusFallback(container, () =>
    container.current?.querySelector<HTMLElement>('input:not([type="file"]), select, button')?.focus(),
  );
  const isChanged = draft.has(field);
  const source = resolveDraft(entry, draft).sources[field];
  const below = valuesBelow(entry, field, isChanged ? 'here' : source);
  const isUnread = field === 'name' && source !== 'asterisk' && entry.asteriskName === null;
  const texts = [
    t(isChanged ? 'directory.not-saved' : `directory.from.${source ?? 'none'}`),
    ...below.map(([other, fields]) =>
      t(`directory.below.${other}`, {
        value: fieldText(t, field, fields, labelOf) ?? t('directory.nothing'),
      }),
    ),
    ...(isUnread && entry.hint !== null ? [t('directory.name-unread')] : []),
  ];
  const label = fieldLabel(t, field);
  const act = (key: 'undo' | 'take-back', update: (latest: EntryDraft) => EntryDraft) => (
    <button
      type="button"
      className="text-button"
      aria-label={t(`directory.${key}-of`, { field: label })}
      onClick={() => onDraft(update)}
    >
      {t(`directory.${key}`)}
    </button>
  );
  return (
    <div ref={container} className="entry-field" data-field={field} data-changed={isChanged || undefined}>
      {children}
      <p className="field-note entry-source">
        <span dir="auto">{texts.join(' · ')}</span>
        {isChanged && act('undo', (latest) => undoChange(latest, field))}
        {!isChanged &&
          source === 'here' &&
          act('take-back', (latest) => changeField(entry, latest, field, null))}
      </p>
      {conflictsOf(entry, draft).includes(field) && <Conflict field={field} {...props} />}
    </div>
  );
}

function Conflict({ field, entry, labelOf, onDraft }: Omit<FieldSourceProps, 'draft' | 'children'>) {
  const t = useT();
  const { fields } = resolveEntry(entry);
  const theirs =
    field === 'photo'
      ? t(fields.photo === undefined ? 'directory.nothing' : 'directory.another-photo')
      : (fieldText(t, field, fields, labelOf) ?? t('directory.nothing'));
  return (
    <div className="entry-conflict" role="alert">
      <p dir="auto">{t('directory.conflict', { value: theirs })}</p>
      <div className="button-row">
        <button
          type="button"
          className="button button-secondary"
          onClick={() => onDraft((latest) => undoChange(latest, field))}
        >
          {t('directory.use-theirs')}
        </button>
        <button
          type="button"
          className="button button-secondary"
          onClick={() => onDraft((latest) => confirmChange(entry, latest, field))}
        >
          {t('directory.keep-mine')}
        </button>
      </div>
    </div>
  );
}
