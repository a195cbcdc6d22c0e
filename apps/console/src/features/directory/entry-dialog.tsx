import {
  type DirectoryEntry,
  type DirectoryField,
  KINDS,
  MAX_FIELD_LENGTHS,
  type UnmatchedLine,
} from '@lampboard/protocol';
import { useEffect, useState } from 'react';
import { useCommand } from '../../data/http/use-command.ts';
import { fieldLabel, fieldText } from '../../entities/directory/field-text.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/form/dialog-actions.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useToasts } from '../../ui/toaster.tsx';
import { DeputyField } from './deputy-field.tsx';
import type { DirectoryItem } from './directory-items.ts';
import { NO_DRAFT, changeField, conflictsOf, resolveDraft, toRequest, undoChange } from './entry-draft.ts';
import { type EntryFieldProps, FieldSource } from './field-source.tsx';
import { PhotoField } from './photo-field.tsx';

const TEXT_FIELDS = [
  { field: 'name', type: 'text' },
  { field: 'department', type: 'text' },
  { field: 'email', type: 'email' },
  { field: 'mobile', type: 'tel' },
] as const;

interface EntryDialogProps extends EntryFieldProps {
  item: DirectoryItem;
  /** Loads the directory again. */
  refresh: () => Promise<void>;
  onClose: () => void;
}

/** Edits an entry. Closing it keeps what is not saved. */
export function EntryDialog({ item, refresh, onClose, ...props }: EntryDialogProps) {
  const { entry, draft, onDraft } = props;
  const t = useT();
  const { isPending, failure, save } = useSaveEntry({ ...props, refresh, onSaved: onClose });
  const [submitted, setSubmitted] = useState(false);
  const { invalid } = toRequest(entry, draft);
  const hasConflict = conflictsOf(entry, draft).length > 0;
  const isBlocked = invalid.length > 0 || hasConflict;

  return (
    <Dialog heading={item.label} variant="sheet" onClose={onClose}>
      <form
        className="form entry-form"
        aria-label={t('directory.entry')}
        aria-busy={isPending || undefined}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setSubmitted(true);
          if (!isBlocked) save();
        }}
      >
        <Facts {...props} />
        <Fields {...props} invalid={submitted ? invalid : []} />
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        {submitted && hasConflict && <Alert>{t('directory.resolve-first')}</Alert>}
        {draft.size > 0 && (
          <p className="note entry-unsaved">
            {t('directory.unsaved-note')}{' '}
            <button type="button" className="text-button" onClick={() => onDraft(() => NO_DRAFT)}>
              {t('directory.discard')}
            </button>
          </p>
        )}
        <DialogActions
          label={t(isPending ? 'accounts.saving' : 'ui.save')}
          closeLabel={t('ui.close')}
          disabled={isPending || draft.size === 0}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

interface SaveOptions extends EntryFieldProps {
  refresh: () => Promise<void>;
  onSaved: () => void;
}

/** Saves the fields, then a new photo. What is saved leaves the draft when the directory is loaded again. */
function useSaveEntry({ entry, draft, onDraft, refresh, onSaved }: SaveOptions) {
  const t = useT();
  const toasts = useToasts();
  const finish = () => {
    toasts.show({ text: t('editor.done.saved'), tone: 'success', key: entry.id });
    void refresh().then(onSaved);
  };
  const { patch, base, photo } = toRequest(entry, draft);
  const { id } = entry;
  const photoCommand = useCommand('set-directory-photo', () => {
    onDraft((latest) => undoChange(latest, 'photo'));
    finish();
  });
  const savePhoto = () => {
    if (photo === null) finish();
    else photoCommand.mutate({ id, photo, base });
  };
  const fieldsCommand = useCommand('save-directory-entry', savePhoto);
  const failure = fieldsCommand.failure ?? photoCommand.failure;
  const isOutdated = failure?.code === 'entry-changed';
  useEffect(() => {
    if (isOutdated) void refresh();
  }, [isOutdated, refresh]);
  return {
    isPending: fieldsCommand.isPending || photoCommand.isPending,
    failure,
    save() {
      fieldsCommand.reset();
      photoCommand.reset();
      if (Object.keys(patch).length > 0) fieldsCommand.mutate({ id, patch, base });
      else if (photo !== null) savePhoto();
      else onDraft(() => NO_DRAFT);
    },
  };
}

/** Values from Asterisk. */
function Facts({ entry, labelOf }: { entry: DirectoryEntry } & Pick<EntryFieldProps, 'labelOf'>) {
  const t = useT();
  const { exten, context, hint, aliasOf } = entry;
  return (
    <div className="note entry-facts">
      <p>{[exten, t('person.context', { context }), hint].filter(Boolean).join(' · ')}</p>
      {hint === null && <p>{t('directory.gone')}</p>}
      {aliasOf !== null && <p>{t('directory.further', { entry: labelOf(aliasOf) })}</p>}
    </div>
  );
}

function Fields({ invalid, ...props }: EntryFieldProps & { invalid: readonly DirectoryField[] }) {
  const { entry, draft, labelOf, onDraft } = props;
  const t = useT();
  const { fields } = resolveDraft(entry, draft);
  const change = (field: DirectoryField) => (value: string | boolean | null) =>
    onDraft((latest) => changeField(entry, latest, field, value));
  const textOf = (field: 'name' | 'department' | 'email' | 'mobile') => {
    const value = draft.get(field)?.value;
    return typeof value === 'string' ? value : (fields[field] ?? '');
  };
  const kind = fields.kind ?? 'other';
  const isHidden = fields.hidden === true;
  return (
    <>
      <FieldSource field="photo" {...props}>
        <PhotoField
          name={fields.name ?? ''}
          stored={fields.photo}
          changed={photoOf(draft.get('photo'))}
          onChange={change('photo')}
        />
      </FieldSource>
      {TEXT_FIELDS.map(({ field, type }) => (
        <FieldSource key={field} field={field} {...props}>
          <TextField
            label={fieldLabel(t, field)}
            type={type}
            dir="auto"
            autoComplete="off"
            invalid={invalid.includes(field)}
            note={
              invalid.includes(field) ? t('directory.invalid-text', { max: MAX_FIELD_LENGTHS[field] }) : null
            }
            value={textOf(field)}
            onValueChange={change(field)}
          />
        </FieldSource>
      ))}
      <FieldSource field="deputy" {...props}>
        <DeputyField
          id={entry.id}
          value={fields.deputy ?? ''}
          labelOf={labelOf}
          onChange={change('deputy')}
        />
      </FieldSource>
      <FieldSource field="kind" {...props}>
        <SelectField
          label={t('directory.field.kind')}
          note={t(`directory.kind-note.${kind}`)}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onValueChange={change('kind')}
        />
      </FieldSource>
      <FieldSource field="hidden" {...props}>
        <label className="check-line">
          <input
            type="checkbox"
            checked={isHidden}
            onChange={({ currentTarget }) => change('hidden')(currentTarget.checked)}
          />
          <span>
            {t('directory.hide')}
            <small className="note">
              {t(kind === 'feature-code' ? 'directory.hide-code-note' : 'directory.hide-note')}
            </small>
          </span>
        </label>
      </FieldSource>
    </>
  );
}

function photoOf(change: { readonly value: string | boolean | null } | undefined): string | null | undefined {
  if (change === undefined) return undefined;
  return typeof change.value === 'string' ? change.value : null;
}

interface UnmatchedDialogProps {
  item: DirectoryItem;
  unmatched: UnmatchedLine;
  onClose: () => void;
}

/** A item of the file that matches no hint, and how to correct it. */
export function UnmatchedDialog({ item, unmatched, onClose }: UnmatchedDialogProps) {
  const t = useT();
  const { line, extension, suggestion, fields } = unmatched;
  const texts = (['name', 'department', 'email', 'mobile', 'kind', 'deputy'] as const).flatMap((field) => {
    const text = fieldText(t, field, fields);
    return text === null ? [] : [[fieldLabel(t, field), text] as const];
  });
  return (
    <Dialog heading={item.label} onClose={onClose}>
      <p>{t('directory.unmatched', { line, extension })}</p>
      <p>
        {suggestion === undefined
          ? t('directory.unmatched-advice')
          : t('directory.lost-zeros', { suggestion })}
      </p>
      <dl className="entry-values">
        {texts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('ui.close')}</Button>
      </div>
    </Dialog>
  );
}
