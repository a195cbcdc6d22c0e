import { type AccountSettings, type Limits, ROLES, type Role, isLimiting } from '@lampboard/protocol';
import { resolveIds } from '@lampboard/model';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDistinctions, useLive } from '../../data/socket/live-context.tsx';
import { extensionsOf } from '../../data/socket/connection-state.ts';
import { Field } from '../../ui/form/field.tsx';
import { LimitsField } from './limits-field.tsx';
import { ExtensionsField, extensionNames, parseExtensions } from './extensions-field.tsx';

interface AccountFormValues {
  readonly role: Role;
  readonly extensions: string;
  /** Null: the account sees everyone. */
  readonly limits: Limits | null;
  readonly disabled: boolean;
}

export function useAccountSettings(start: AccountSettings) {
  const t = useT();
  const { store } = useLive();
  const distinctions = useDistinctions();
  const [form, setForm] = useState<AccountFormValues>({
    ...start,
    extensions: start.extensions.join(', '),
    limits: start.limits ?? null,
  });
  const { aliases } = store.getState();
  const extensionsById = extensionsOf(store.getState());
  const extensions = parseExtensions(t, form.extensions, extensionsById);
  const hasLimits = form.limits === null || form.role === 'admin' || isLimiting(form.limits);
  return {
    form,
    assigned: extensions.ok ? extensions.extensions : NO_EXTENSIONS,
    error: extensions.ok ? null : extensions.reason,
    names: extensions.ok
      ? extensionNames(resolveIds(aliases, extensions.extensions), extensionsById, distinctions)
      : '',
    change: (patch: Partial<AccountFormValues>) => setForm({ ...form, ...patch }),
    /** Returns null if invalid. */
    parse: (): AccountSettings | null =>
      extensions.ok && hasLimits ? { ...form, extensions: [...extensions.extensions] } : null,
  };
}

const NO_EXTENSIONS: readonly string[] = [];

interface AccountSettingsFieldsProps {
  settings: ReturnType<typeof useAccountSettings>;
  submitted: boolean;
}

export function AccountSettingsFields({ settings, submitted }: AccountSettingsFieldsProps) {
  const t = useT();
  const { form, assigned, error, names, change } = settings;
  return (
    <>
      <Field label={t('accounts.role')} note={t(`accounts.permissions.${form.role}`)}>
        {(id, noteId) => (
          <select
            id={id}
            className="select-field"
            aria-describedby={noteId}
            value={form.role}
            onChange={({ currentTarget: { value } }) =>
              change({ role: ROLES.find((role) => role === value) ?? form.role })
            }
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ExtensionsField
        invalid={submitted && error !== null}
        note={(submitted ? error : null) ?? (names === '' ? t('accounts.extensions-note') : names)}
        value={form.extensions}
        onValueChange={(extensions) => change({ extensions })}
      />
      {form.role !== 'admin' && (
        <LimitsField
          limits={form.limits}
          {...{ assigned, submitted }}
          onChange={(limits) => change({ limits })}
        />
      )}
      <label className="check-line">
        <input
          type="checkbox"
          checked={form.disabled}
          onChange={({ currentTarget: { checked } }) => change({ disabled: checked })}
        />
        <span>
          {t('accounts.disabled')}
          <small className="note">{t('accounts.disabled-note')}</small>
        </span>
      </label>
    </>
  );
}
